/**
 * What a comparison of the scorer with services of other makes needs from Alta.
 *
 * <p>In: the folder of an {@code alta up} that has a champion. Out: a bucket and a database to run
 * a scorer on, and files with the champion in forms that Python reads. Front door: the script
 * {@code loadtest/compare}, which measures in Python.
 */
@NullMarked
package dev.alta.loadtest.peers;

import org.jspecify.annotations.NullMarked;
