/**
 * How good probabilities are. In: probabilities and actual classes. Out: the figures of an
 * Evaluation; pure functions.
 *
 * <p>Front door: {@link dev.alta.training.evaluate.Evaluator}.
 */
@NullMarked
package dev.alta.training.evaluate;

import org.jspecify.annotations.NullMarked;
