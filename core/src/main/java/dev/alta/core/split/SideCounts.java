package dev.alta.core.split;

import java.io.Serializable;

/** A number for each side: of patients, or of rows. */
public record SideCounts(long train, long validation, long test) implements Serializable {
  public static final SideCounts NONE = new SideCounts(0, 0, 0);

  public SideCounts {
    if (train < 0 || validation < 0 || test < 0) {
      throw new IllegalArgumentException(
          "numbers of sides: " + train + ", " + validation + ", " + test + " (expected: none < 0)");
    }
  }

  /** Numbers in the order of {@link Side#values()}. */
  static SideCounts of(long[] n) {
    return new SideCounts(n[0], n[1], n[2]);
  }

  /** A number on one side, and none on the others. */
  public static SideCounts of(Side side, long n) {
    return new SideCounts(
        side == Side.TRAIN ? n : 0, side == Side.VALIDATION ? n : 0, side == Side.TEST ? n : 0);
  }

  public long of(Side side) {
    return switch (side) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /** Over all sides. */
  public long total() {
    return train + validation + test;
  }

  public SideCounts plus(SideCounts other) {
    return new SideCounts(train + other.train, validation + other.validation, test + other.test);
  }

  /**
   * What is left of these without the others.
   *
   * @throws IllegalArgumentException if the others are more
   */
  public SideCounts minus(SideCounts other) {
    return new SideCounts(train - other.train, validation - other.validation, test - other.test);
  }

  /** How many one side has beyond its share of all: 60, 20 and 20 of 100. Below 0: too few. */
  public double deviation(Side side) {
    return Shares.fifthsTooMany(total(), of(side), side) / 5.0;
  }

  /** As people read it: {@code train 3, validation 1, test 1}. */
  @Override
  public String toString() {
    return "train " + train + ", validation " + validation + ", test " + test;
  }

  long[] toArray() {
    return new long[] {train, validation, test};
  }
}
