package dev.alta.core.split;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The patients of a stratum as the split must know them: those who are new as a histogram of their
 * hashes, those who have their side already as numbers. The same in whatever order and by however
 * many workers it is put together.
 */
public final class StratumTally implements Serializable {
  private final BucketHistogram fresh;
  private SideCounts kept;

  public StratumTally() {
    this(new BucketHistogram(), SideCounts.NONE);
  }

  public StratumTally(BucketHistogram fresh, SideCounts kept) {
    this.fresh = fresh;
    this.kept = kept;
  }

  /** Counts a patient who has no side yet, see {@link PatientHash#of}. */
  public void add(long hash) {
    fresh.add(hash);
  }

  /** Counts patients who have their side. */
  public void add(SideCounts patients) {
    kept = kept.plus(patients);
  }

  /** Adds all that the other one has counted. */
  public void add(StratumTally other) {
    fresh.add(other.fresh);
    kept = kept.plus(other.kept);
  }

  public BucketHistogram fresh() {
    return fresh;
  }

  public SideCounts kept() {
    return kept;
  }

  /** Patients in all. */
  public long total() {
    return fresh.total() + kept.total();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StratumTally tally
        && fresh.equals(tally.fresh)
        && kept.equals(tally.kept);
  }

  @Override
  public int hashCode() {
    return 31 * fresh.hashCode() + kept.hashCode();
  }
}
