/**
 * Says how much each feature moved a forest's output: exact Shapley values along the paths of its
 * trees (TreeSHAP). In: a forest with the cover of its nodes, and vectors of features. Out: one
 * signed number for each group of features, in the unit of the margin.
 *
 * <p>Front door: {@link dev.alta.model.explain.TreeShap}.
 */
@NullMarked
package dev.alta.model.explain;

import org.jspecify.annotations.NullMarked;
