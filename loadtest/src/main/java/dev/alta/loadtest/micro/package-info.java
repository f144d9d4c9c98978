/**
 * JMH benchmarks of the pieces a prediction is made of, each beside a reference that runs with it.
 *
 * <p>Run by {@code loadtest/micro}; results are kept in {@code loadtest/RESULTS.md}.
 */
@NullMarked
package dev.alta.loadtest.micro;

import org.jspecify.annotations.NullMarked;
