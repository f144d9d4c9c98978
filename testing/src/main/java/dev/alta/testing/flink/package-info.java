/**
 * A Flink cluster on this machine.
 *
 * <p>In: Flink's jars. Out: a JobManager and TaskManagers, to which jobs are sent and which can be
 * killed. Front door: {@link dev.alta.testing.flink.FlinkCluster}.
 */
@NullMarked
package dev.alta.testing.flink;

import org.jspecify.annotations.NullMarked;
