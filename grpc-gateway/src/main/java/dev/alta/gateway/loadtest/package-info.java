/**
 * The load tests that {@code loadtest/run} left in a home. In: their folder. Out: a list, and the
 * report of one, only as a run wrote it. Front door: {@link
 * dev.alta.gateway.loadtest.LoadTestReports}.
 */
@NullMarked
package dev.alta.gateway.loadtest;

import org.jspecify.annotations.NullMarked;
