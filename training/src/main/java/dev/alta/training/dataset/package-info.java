/**
 * The rows of one generation of clean_data as vectors, by side of the split. In: rows by key. Out:
 * vectors, classes and a digest of all rows.
 *
 * <p>Front door: {@link dev.alta.training.dataset.TrainingData}.
 */
@NullMarked
package dev.alta.training.dataset;

import org.jspecify.annotations.NullMarked;
