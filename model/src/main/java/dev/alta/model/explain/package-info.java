/**
 * Says how much each feature moved a model's output: exact Shapley values, of trees along their
 * paths (TreeSHAP). In: a model with the cover of its nodes or the averages of its features, and
 * vectors of features. Out: one signed number for each group of features, in the unit of the
 * margin.
 *
 * <p>Front door: {@link dev.alta.model.explain.Contributions}.
 */
@NullMarked
package dev.alta.model.explain;

import org.jspecify.annotations.NullMarked;
