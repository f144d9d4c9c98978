/**
 * How far rows have moved away from the rows that a model has learned from, column by column, as a
 * population stability index.
 *
 * <p>In: the profile of the reference, and cleaned rows. Out: an {@link
 * dev.alta.core.drift.InputDrift}. Front door: {@link dev.alta.core.drift.DriftTally}.
 */
@NullMarked
package dev.alta.core.drift;

import org.jspecify.annotations.NullMarked;
