/**
 * What is watched of the answers beside their number: whether the encounters and the scores are
 * still like those that the model was made from, and which trace a line of the log belongs to.
 *
 * <p>In: answered predictions. Out: metrics. Front doors: {@link dev.alta.scorer.watch.DriftWatch},
 * {@link dev.alta.scorer.watch.TraceContext}.
 */
@NullMarked
package dev.alta.scorer.watch;

import org.jspecify.annotations.NullMarked;
