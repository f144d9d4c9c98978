/**
 * The model that answers, and how another takes its place without a request noticing.
 *
 * <p>In: an alias or a version. Out: a model that was checked and warmed before it answers its
 * first request. Front door: {@link dev.alta.scorer.swap.ModelSwap}.
 */
@NullMarked
package dev.alta.scorer.swap;

import org.jspecify.annotations.NullMarked;
