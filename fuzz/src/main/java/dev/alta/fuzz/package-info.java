/**
 * Targets of a fuzzer: each takes any bytes, gives them to what reads such bytes in the product,
 * and fails where that does anything else than to understand them or to refuse them in its own
 * words.
 *
 * <p>In: bytes that a coverage-guided fuzzer makes up (Jazzer, by {@code fuzz/run}), or that it
 * once found ({@code fuzz/corpus}, replayed by the tests). Front door: {@link
 * dev.alta.fuzz.Target}. Targets that reach into a package of the product stand in a package of
 * that name.
 */
@NullMarked
package dev.alta.fuzz;

import org.jspecify.annotations.NullMarked;
