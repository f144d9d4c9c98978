/**
 * Breaks a running Alta and counts, from outside, what was lost.
 *
 * <p>In: the name of a drill. Out: a table of figures; broken promises are an error. Alta runs as
 * users run it, {@code ./alta} in processes of their own; what it has done is looked at by SQL, in
 * the files of the bucket and in its answers. Front door: {@code loadtest/drill}; a drill more is a
 * line in {@link dev.alta.loadtest.drill.Drills}.
 */
@NullMarked
package dev.alta.loadtest.drill;

import org.jspecify.annotations.NullMarked;
