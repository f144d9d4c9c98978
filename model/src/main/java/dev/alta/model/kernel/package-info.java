/**
 * Scores vectors with what was trained: additive trees or a linear model. In: either from a model,
 * not trusted, and vectors of features. Out: one margin for each output; of trees the trainer's own
 * to the last float.
 *
 * <p>Front door: {@link dev.alta.model.kernel.Kernel}.
 */
@NullMarked
package dev.alta.model.kernel;

import org.jspecify.annotations.NullMarked;
