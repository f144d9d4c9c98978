/**
 * Lets Alta work for long, as users run it, and looks from outside whether anything grows, fails or
 * gets slower, while models are trained and swapped and the database is restarted.
 *
 * <p>In: how long, and how much of what it can answer. Out: a report, and whether all of it is as
 * it should be. Front door: {@code loadtest/soak}.
 */
@NullMarked
package dev.alta.loadtest.soak;

import org.jspecify.annotations.NullMarked;
