package dev.alta.core.split;

import dev.alta.core.split.BucketHistogram.Spot;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A split of which only the last digits are missing: how many patients of each stratum go to each
 * side, and in which bucket of hashes the two cuts through its new patients fall. To finish it, the
 * new patients in those buckets, about 1 of 2,000, are looked at one by one.
 *
 * <p>The finished plan depends on the seed and on the patients, their strata and the sides that
 * they have already, not on their order or on how many workers had a part in it.
 */
public final class SplitOutline implements Serializable {
  /** Last patients of TRAIN and VALIDATION; null where no patient comes before the cut. */
  private record Cuts(
      SideCounts patients, SideCounts kept, @Nullable Spot train, @Nullable Spot validation)
      implements Serializable {
    boolean fallInto(int bucket) {
      return (train != null && train.bucket() == bucket)
          || (validation != null && validation.bucket() == bucket);
    }
  }

  private final long seed;
  private final HashMap<Stratum, Cuts> cuts;

  private SplitOutline(long seed, Map<Stratum, Cuts> cuts) {
    this.seed = seed;
    this.cuts = new HashMap<>(cuts);
  }

  /** Makes the outline from all patients of all strata. */
  public static SplitOutline of(long seed, Map<Stratum, StratumTally> patients) {
    SortedMap<Stratum, SideCounts> quotas = Quotas.of(seed, patients);
    Map<Stratum, Cuts> cuts = new HashMap<>();
    patients.forEach(
        (stratum, tally) ->
            cuts.put(stratum, cuts(tally, Objects.requireNonNull(quotas.get(stratum)))));
    return new SplitOutline(seed, cuts);
  }

  /** Whether new patients with this hash must be looked at to finish the plan. */
  public boolean needs(Stratum stratum, long hash) {
    return cuts(stratum).fallInto(PatientHash.bucket(hash));
  }

  /**
   * Finishes the plan.
   *
   * @param places of all patients that {@link #needs} asked for, in any order
   */
  public SplitPlan finish(Map<Stratum, List<Place>> places) {
    List<StratumCut> finished = new ArrayList<>();
    cuts.forEach(
        (stratum, cut) -> {
          List<Place> inOrder = places.getOrDefault(stratum, List.of()).stream().sorted().toList();
          Place trainLast = place(stratum, cut.train(), inOrder);
          Place validationLast = place(stratum, cut.validation(), inOrder);
          finished.add(
              new StratumCut(stratum, cut.patients(), cut.kept(), trainLast, validationLast));
        });
    return SplitPlan.of(seed, finished);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SplitOutline outline
        && seed == outline.seed
        && cuts.equals(outline.cuts);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(seed) + cuts.hashCode();
  }

  private Cuts cuts(Stratum stratum) {
    Cuts found = cuts.get(stratum);
    if (found == null) {
      throw new IllegalArgumentException(
          "stratum " + stratum + " (expected: one of the outline's)");
    }
    return found;
  }

  private static Cuts cuts(StratumTally tally, SideCounts patients) {
    SideCounts fresh = patients.minus(tally.kept());
    return new Cuts(
        patients,
        tally.kept(),
        spot(tally.fresh(), fresh.train()),
        spot(tally.fresh(), fresh.train() + fresh.validation()));
  }

  private static @Nullable Spot spot(BucketHistogram histogram, long rank) {
    return rank == 0 ? null : histogram.find(rank);
  }

  private static Place place(Stratum stratum, @Nullable Spot spot, List<Place> inOrder) {
    if (spot == null) {
      return Place.START;
    }
    return inOrder.stream()
        .filter(place -> PatientHash.bucket(place.hash()) == spot.bucket())
        .skip(spot.before())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "stratum " + stratum + ": too few places (expected: all that it needs)"));
  }
}
