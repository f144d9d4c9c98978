/**
 * Runs a Beam pipeline on Flink, in this process or on a cluster, and waits for its end where it
 * can.
 *
 * <p>In: a pipeline. Out: whether it was waited for, or the reason why it failed. Front door:
 * {@link dev.alta.pipelines.flink.FlinkJob}.
 */
@NullMarked
package dev.alta.pipelines.flink;

import org.jspecify.annotations.NullMarked;
