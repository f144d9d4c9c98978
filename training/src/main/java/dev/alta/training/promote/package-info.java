/**
 * Whether a new version becomes champion, and why. In: its figures and the champion of now. Out: an
 * outcome with a reason.
 *
 * <p>Front door: {@link dev.alta.training.promote.Promoter}.
 */
@NullMarked
package dev.alta.training.promote;

import org.jspecify.annotations.NullMarked;
