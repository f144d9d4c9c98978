/**
 * Benchmarks of the pipelines: alone, or in turn with {@code psql \copy} of the same rows into the
 * same PostgreSQL and with pandas.
 *
 * <p>In: a database that may be emptied, and files of generated encounters. Out: lines of Markdown,
 * or seconds. Run by {@code loadtest/pipelines}, which brings both; results are kept in {@code
 * loadtest/RESULTS.md}. Front door: {@link dev.alta.loadtest.pipelines.PipelineBenchmark}.
 */
@NullMarked
package dev.alta.loadtest.pipelines;

import org.jspecify.annotations.NullMarked;
