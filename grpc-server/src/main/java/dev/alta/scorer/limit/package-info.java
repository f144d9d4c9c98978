/**
 * What the scorer does when more is asked than it can answer: the surplus is refused at once, so
 * that the rest is answered as quickly as ever.
 *
 * <p>In: calls as they arrive. Out: those that are let in, and RESOURCE_EXHAUSTED for the others.
 * Front door: {@link dev.alta.scorer.limit.CallLimits}.
 */
@NullMarked
package dev.alta.scorer.limit;

import org.jspecify.annotations.NullMarked;
