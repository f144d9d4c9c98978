/**
 * The incremental HTTP source, both of its ends: {@code GET {base}/data?group_number=G&day=D}
 * answers {@code {"group_number":G,"day":D,"batch_number":N,"data":[…]}}, days being numbered from
 * 1 on.
 *
 * <p>In: the URL of a source, or a CSV file to be one. Out: the rows of a day. Front doors: {@link
 * dev.alta.pipelines.source.DayClient} asks, {@link dev.alta.pipelines.source.SourceServer}
 * answers.
 */
@NullMarked
package dev.alta.pipelines.source;

import org.jspecify.annotations.NullMarked;
