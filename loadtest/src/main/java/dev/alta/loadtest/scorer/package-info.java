/**
 * Drills and load tests of a running scorer.
 *
 * <p>In: the address of one, or nothing: {@link dev.alta.loadtest.scorer.ScorerBenchmark} starts
 * one beside a bare gRPC service. Out: figures on the terminal. Front door: the scripts in {@code
 * loadtest}.
 */
@NullMarked
package dev.alta.loadtest.scorer;

import org.jspecify.annotations.NullMarked;
