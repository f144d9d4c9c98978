/**
 * Synthetic encounters with a real signal, for trying Alta without data and for load tests.
 *
 * <p>In: a contract, a seed and {@link dev.alta.core.generate.Effects}. Out: rows as a source would
 * give them. Front door: {@link dev.alta.core.generate.EncounterGenerator}.
 */
@NullMarked
package dev.alta.core.generate;

import org.jspecify.annotations.NullMarked;
