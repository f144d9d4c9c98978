package dev.alta.core.split;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many patients of a stratum have a hash in each of the 4,096 buckets. Small whatever the
 * number of patients, and the same in whatever order and by however many workers it is put
 * together.
 */
public final class BucketHistogram implements Serializable {
  /** A patient of the order: which bucket he is in, and how many in this bucket come before him. */
  record Spot(int bucket, long before) implements Serializable {}

  private final TreeMap<Integer, Long> patients = new TreeMap<>();

  /** Counts a patient. */
  public void add(long hash) {
    patients.merge(PatientHash.bucket(hash), 1L, Long::sum);
  }

  /** Counts patients of a bucket. */
  public void add(int bucket, long number) {
    patients.merge(bucket, number, Long::sum);
  }

  /** The buckets with patients, rising, and how many each has. */
  public SortedMap<Integer, Long> buckets() {
    return Collections.unmodifiableSortedMap(patients);
  }

  /** Adds all that the other one has counted. */
  public void add(BucketHistogram other) {
    other.patients.forEach((bucket, number) -> patients.merge(bucket, number, Long::sum));
  }

  /** Patients in all. */
  public long total() {
    return patients.values().stream().mapToLong(n -> n).sum();
  }

  /** Where the patient stands who is number {@code rank}, from 1 on, in the order of the hashes. */
  Spot find(long rank) {
    long before = 0;
    for (Map.Entry<Integer, Long> bucket : patients.entrySet()) {
      if (before + bucket.getValue() >= rank) {
        return new Spot(bucket.getKey(), rank - before - 1);
      }
      before += bucket.getValue();
    }
    throw new IllegalArgumentException("rank: " + rank + " (expected: 1 to " + before + ")");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BucketHistogram histogram && patients.equals(histogram.patients);
  }

  @Override
  public int hashCode() {
    return patients.hashCode();
  }
}
