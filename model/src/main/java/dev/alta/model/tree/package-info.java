/**
 * The tree kernel: scores vectors with additive trees. In: a forest from a model, not trusted, and
 * vectors of features. Out: one margin for each output, the trainer's own to the last float.
 *
 * <p>Front door: {@link dev.alta.model.tree.TreeKernel}.
 */
@NullMarked
package dev.alta.model.tree;

import org.jspecify.annotations.NullMarked;
