/**
 * Logistic regression: the baseline that trees must beat. In: encoded rows. Out: probabilities.
 *
 * <p>Front door: {@link dev.alta.training.linear.LogisticRegression}.
 */
@NullMarked
package dev.alta.training.linear;

import org.jspecify.annotations.NullMarked;
