package dev.alta.core.split;

/**
 * How a stratum is cut: its patients in the order of their places are TRAIN up to and including the
 * first cut, VALIDATION up to and including the second, TEST after it.
 *
 * @param train patients of TRAIN
 * @param validation patients of VALIDATION
 * @param test patients of TEST
 * @param trainLast place of the last patient of TRAIN; {@link Place#START} where there is none
 * @param validationLast place of the last patient of VALIDATION; equal to trainLast where there is
 *     none
 */
public record StratumCut(
    Stratum stratum,
    long train,
    long validation,
    long test,
    Place trainLast,
    Place validationLast) {
  public StratumCut {
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

  /** Patients on a side. */
  public long patients(Side side) {
    return switch (side) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  public Side sideOf(Place place) {
    if (place.compareTo(trainLast) <= 0) {
      return Side.TRAIN;
    }
    return place.compareTo(validationLast) <= 0 ? Side.VALIDATION : Side.TEST;
  }
}
