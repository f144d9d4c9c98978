/**
 * Gradient boosted trees and random forests by XGBoost. In: the vectors of the training rows. Out:
 * a forest in the product's own form and the trainer's predictions to compare it with.
 *
 * <p>Front door: {@link dev.alta.training.trees.TreeTrainer}.
 */
@NullMarked
package dev.alta.training.trees;

import org.jspecify.annotations.NullMarked;
