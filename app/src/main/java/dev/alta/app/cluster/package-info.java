/**
 * The pipelines as jobs of a Kubernetes cluster, each on a Flink of its own.
 *
 * <p>In: settings of a pipeline. Out: what the job has left in the database, or why it failed.
 * Front door: {@link dev.alta.app.cluster.ClusterEngine}. Its libraries are on the class path only
 * where a command may ask for it.
 */
@NullMarked
package dev.alta.app.cluster;

import org.jspecify.annotations.NullMarked;
