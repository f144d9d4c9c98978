/**
 * Metrics that every long-running part shows about its process.
 *
 * <p>In: a meter registry. Out: the usual {@code process_…} series. Front door: {@link
 * dev.alta.core.metrics.ProcessMetrics}.
 */
@NullMarked
package dev.alta.core.metrics;

import org.jspecify.annotations.NullMarked;
