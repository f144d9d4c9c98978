/**
 * A job on Flink, run once by the Flink Kubernetes operator: made from the namespace's template,
 * waited for, and removed.
 *
 * <p>In: a {@link dev.alta.kubernetes.job.JobOrder}, the name, arguments and width of a job. Out:
 * how it ended, and why it failed. Front door: {@link dev.alta.kubernetes.job.FlinkJobs}.
 */
@NullMarked
package dev.alta.kubernetes.job;

import org.jspecify.annotations.NullMarked;
