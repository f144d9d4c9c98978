/**
 * The way of an answered prediction into the inference log, off the way of the answer.
 *
 * <p>In: predictions, as they are answered. Out: batches for the database. Front door: {@link
 * dev.alta.scorer.log.PredictionLog}.
 */
@NullMarked
package dev.alta.scorer.log;

import org.jspecify.annotations.NullMarked;
