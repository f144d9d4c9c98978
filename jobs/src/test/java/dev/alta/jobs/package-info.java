/**
 * The job jar on a real Flink cluster.
 *
 * <p>In: {@code target/alta-jobs.jar}. Out: the same tables as of an embedded run. Front door:
 * {@link dev.alta.testing.flink.FlinkCluster}.
 */
@NullMarked
package dev.alta.jobs;

import org.jspecify.annotations.NullMarked;
