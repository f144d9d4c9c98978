package dev.alta.core.split;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Patients who are alike for the split: with the same number of encounters of each class.
 *
 * @param encounters one number for each class, in the order of the contract's classes
 */
public record Stratum(List<Integer> encounters) implements Comparable<Stratum>, Serializable {
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
    int size = 0;
    for (int number : encounters) {
      size += number;
    }
    return size;
  }

  /** Encounters of a class of each patient in it. */
  public int of(int label) {
    return encounters.get(label);
  }

  /** A number of 63 bits, the same for ever. */
  long hash(long seed) {
    long hash = seed;
    for (int number : encounters) {
      hash = PatientHash.of(number, hash);
    }
    return hash;
  }

  /** Patients with many encounters first. */
  @Override
  public int compareTo(Stratum other) {
    int bySize = Integer.compare(other.size(), size());
    for (int i = 0; bySize == 0 && i < Math.min(encounters.size(), other.encounters.size()); i++) {
      int byLabel = Integer.compare(encounters.get(i), other.encounters.get(i));
      if (byLabel != 0) {
        return byLabel;
      }
    }
    return bySize == 0 ? Integer.compare(encounters.size(), other.encounters.size()) : bySize;
  }

  /** The text form: {@code 1,0,2}. */
  @Override
  public String toString() {
    return encounters.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
