package dev.alta.core.split;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Patients who are alike for the split: with the same number of encounters of each class.
 *
 * @param encounters one number for each class, in the order of the contract's classes
 */
public record Stratum(List<Integer> encounters) implements Comparable<Stratum>, Serializable {
  // Patients with many encounters first, so that those with one, who are the most, can make up for
  // them.
  private static final Comparator<Stratum> ORDER =
      Comparator.comparingInt(Stratum::size)
          .reversed()
          .thenComparing(stratum -> stratum.toArray(), Arrays::compare);

  public Stratum {
    encounters = List.copyOf(encounters);
    if (encounters.stream().anyMatch(n -> n < 0) || encounters.stream().allMatch(n -> n == 0)) {
      throw new IllegalArgumentException(
          "stratum: " + encounters + " (expected: numbers of encounters, at least one above 0)");
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Stratum of(String text) {
    return new Stratum(Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList());
  }

  /** Encounters of each patient in it. */
  public int size() {
    return encounters.stream().mapToInt(Integer::intValue).sum();
  }

  /** Encounters of a class of each patient in it. */
  public int of(int label) {
    return encounters.get(label);
  }

  /** The order in which strata are given their quotas. */
  @Override
  public int compareTo(Stratum other) {
    return ORDER.compare(this, other);
  }

  private int[] toArray() {
    return encounters.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The text form: {@code 1,0,2}. */
  @Override
  public String toString() {
    return encounters.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
