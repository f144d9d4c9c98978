/**
 * Beam pipelines on Flink: {@link dev.alta.pipelines.ingest.Ingest} takes files and incremental
 * sources into {@code raw_data}, {@link dev.alta.pipelines.prepare.Prepare} makes {@code
 * clean_data} of it, {@link dev.alta.pipelines.score.Score} scores many encounters at once.
 */
@NullMarked
package dev.alta.pipelines;

import org.jspecify.annotations.NullMarked;
