/**
 * Which patients are learned from, chosen by and judged by: 60, 20 and 20 of 100 of the patients
 * with the same outcomes, exactly, all encounters of a patient on one side.
 *
 * <p>In: the {@link dev.alta.core.split.Stratum} of every patient, as histograms that many workers
 * can fill, and a seed. Out: a {@link dev.alta.core.split.SplitPlan}, from which the side of any
 * patient follows. The way: {@link dev.alta.core.split.PatientHash} → {@link
 * dev.alta.core.split.BucketHistogram} → {@link dev.alta.core.split.SplitOutline} (how many
 * patients of each stratum go where, and in which bucket of hashes its cuts fall) → the places of
 * the patients in those buckets → {@link dev.alta.core.split.SplitPlan}. Front door: {@link
 * dev.alta.core.split.SplitOutline}.
 */
@NullMarked
package dev.alta.core.split;

import org.jspecify.annotations.NullMarked;
