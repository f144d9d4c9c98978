package dev.alta.core.split;

import java.io.Serializable;

/** How many patients of a stratum go to each side. */
record Quota(long train, long validation, long test) implements Serializable {
  long of(Side side) {
    return switch (side) {
      case TRAIN -> train;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }
}
