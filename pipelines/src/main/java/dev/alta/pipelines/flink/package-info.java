/**
 * Runs a Beam pipeline on Flink and waits for its end.
 *
 * <p>In: a pipeline. Out: nothing, or the reason why it failed. Front door: {@link
 * dev.alta.pipelines.flink.FlinkJob}.
 */
@NullMarked
package dev.alta.pipelines.flink;

import org.jspecify.annotations.NullMarked;
