/**
 * Whether the answer has found its way into what is learned from. In: encoded rows of all sides,
 * figures of the test rows. Out: nothing, or an exception that names what gives it away; and, to
 * show it, what such leaks would have claimed on the data at hand.
 *
 * <p>Front doors: {@link dev.alta.training.leak.LeakCheck}, {@link
 * dev.alta.training.leak.LeakageTrials}.
 */
@NullMarked
package dev.alta.training.leak;

import org.jspecify.annotations.NullMarked;
