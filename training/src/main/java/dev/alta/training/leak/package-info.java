/**
 * Whether the answer has found its way into what is learned from. In: encoded rows of all sides,
 * figures of the test rows. Out: nothing, or an exception that names what gives it away.
 *
 * <p>Front door: {@link dev.alta.training.leak.LeakCheck}.
 */
@NullMarked
package dev.alta.training.leak;

import org.jspecify.annotations.NullMarked;
