/**
 * Records versions in an MLflow tracking server and its model registry, by its REST API. In: a
 * version's manifest, searches and attachments, and where the aliases point. Out: a run, a model
 * version and its aliases there, or in one line why not.
 *
 * <p>Front door: {@link dev.alta.training.mlflow.MlflowRecorder}.
 */
@NullMarked
package dev.alta.training.mlflow;

import org.jspecify.annotations.NullMarked;
