package dev.alta.core.split;

/**
 * How a stratum is cut: its new patients in the order of their places are TRAIN up to and including
 * the first cut, VALIDATION up to and including the second, TEST after it. Those who had their side
 * before keep it.
 *
 * @param patients of each side, new or not
 * @param kept those of them who were on this side before
 * @param trainLast place of the last new patient of TRAIN; {@link Place#START} where there is none
 * @param validationLast place of the last new patient of VALIDATION; equal to trainLast where there
 *     is none
 */
public record StratumCut(
    Stratum stratum, SideCounts patients, SideCounts kept, Place trainLast, Place validationLast) {
  public StratumCut {
    patients.minus(kept);
    if (trainLast.compareTo(validationLast) > 0) {
      throw new IllegalArgumentException(
          "cut of stratum "
              + stratum
              + ": "
              + trainLast
              + ", "
              + validationLast
              + " (expected: in order)");
    }
  }

  /** Those who were not on any side before. */
  public SideCounts fresh() {
    return patients.minus(kept);
  }

  /** The side of a new patient. */
  public Side sideOf(Place place) {
    if (place.compareTo(trainLast) <= 0) {
      return Side.TRAIN;
    }
    return place.compareTo(validationLast) <= 0 ? Side.VALIDATION : Side.TEST;
  }
}
