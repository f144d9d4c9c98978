/**
 * Whether a version becomes champion, and why. In: a version, the champion of now, the test rows
 * that neither has learned from. Out: a decision in the registry, in words and with all figures.
 *
 * <p>Front door: {@link dev.alta.training.promote.Promoter}.
 */
@NullMarked
package dev.alta.training.promote;

import org.jspecify.annotations.NullMarked;
