/**
 * From clean_data to a model version: fits the encoder, trains, proves that the kernel computes
 * what the trainer computes, judges, publishes. In: rows and settings. Out: a version in the
 * registry.
 *
 * <p>Front door: {@link dev.alta.training.Training}.
 */
@NullMarked
package dev.alta.training;

import org.jspecify.annotations.NullMarked;
