/**
 * The way of an answered prediction into the table {@code inference_log}, off the way of the
 * answer: a queue, groups of records on this machine's own disk (the spool), and from there by COPY
 * into the database, each exactly once.
 *
 * <p>In: predictions, as they are answered. Out: portions for the database. Front door: {@link
 * dev.alta.scorer.log.PredictionLog}. {@link dev.alta.scorer.log.KeptFirst} holds answers back
 * until they are on disk, where that is required.
 */
@NullMarked
package dev.alta.scorer.log;

import org.jspecify.annotations.NullMarked;
