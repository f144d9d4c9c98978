package dev.alta.model.kernel;

/**
 * The thresholds that a feature is compared with, of the nodes where a missing value goes one way.
 *
 * <p>A value's place among them is looked up, not searched: the span of the thresholds is cut into
 * buckets of equal width, and only those in the value's own bucket are compared. Where a value
 * falls never depends on rounding: the bucket of a larger number is never a lower one.
 */
final class Thresholds {
  private static final int BUCKETS_FOR_EACH = 2;

  private final int feature;
  private final boolean missingGoesLeft;
  // Rising, all different.
  private final float[] values;
  private final float scale;
  // For each bucket, how many thresholds lie in lower ones.
  private final char[] below;

  /**
   * Prepares to compare.
   *
   * @param values finite, rising, all different, at least one
   */
  Thresholds(int feature, boolean missingGoesLeft, float[] values) {
    this.feature = feature;
    this.missingGoesLeft = missingGoesLeft;
    this.values = values;
    this.below = new char[BUCKETS_FOR_EACH * values.length];
    float wanted = (below.length - 1) / (values[values.length - 1] - values[0]);
    // Thresholds that are all alike, or too far apart for a float, are one bucket.
    this.scale = wanted < Float.POSITIVE_INFINITY ? wanted : 0;
    for (float value : values) {
      int next = bucket(value) + 1;
      if (next < below.length) {
        below[next]++;
      }
    }
    for (int bucket = 1; bucket < below.length; bucket++) {
      below[bucket] += below[bucket - 1];
    }
  }

  int feature() {
    return feature;
  }

  boolean missingGoesLeft() {
    return missingGoesLeft;
  }

  int size() {
    return values.length;
  }

  float value(int i) {
    return values[i];
  }

  /** How many of the nodes' questions are answered "to the right"; those with the lowest ones. */
  int reached(float value) {
    if (Float.isNaN(value)) {
      return missingGoesLeft ? 0 : values.length;
    }
    int reached = below[bucket(value)];
    while (reached < values.length && values[reached] <= value) {
      reached++;
    }
    return reached;
  }

  private int bucket(float value) {
    // Conversion to int ends at the largest and smallest int, and takes NaN (0 times infinity) for
    // 0.
    int bucket = (int) ((value - values[0]) * scale);
    return Math.min(Math.max(bucket, 0), below.length - 1);
  }
}
