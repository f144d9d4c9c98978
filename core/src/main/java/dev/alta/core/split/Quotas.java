package dev.alta.core.split;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many patients of each stratum are on each side: 60, 20 and 20 of 100, rounded down or up, or
 * as near as that can be had without moving a patient, see {@link Shares}.
 *
 * <p>That leaves a choice for one or two patients of a stratum. Which sides they go to is chosen so
 * that the rows of each class come as near to 60, 20 and 20 of 100 on each side as possible,
 * measured by the sum of the squares of what is missing. The strata are gone through in their
 * order, those with many encounters of a patient first, and then over and over, each choice being
 * revised in view of all others, until none changes. The result depends on the numbers of patients
 * alone.
 */
final class Quotas {
  private static final int MOST_ROUNDS = 100;

  private final SortedMap<Stratum, StratumTally> patients;
  private final Map<Stratum, List<long[]>> ways = new HashMap<>();
  private final Map<Stratum, long[]> chosen = new HashMap<>();

  /** For each class and side, five times the rows that are too many. */
  private final long[][] surplus;

  private Quotas(SortedMap<Stratum, StratumTally> patients, int classes) {
    this.patients = patients;
    surplus = new long[classes][Shares.SIDES];
    patients.forEach((s, tally) -> ways.put(s, Shares.ways(tally.fresh().total(), tally.kept())));
  }

  /** The quotas of all strata, those who have their side already included. */
  static SortedMap<Stratum, SideCounts> of(SortedMap<Stratum, StratumTally> patients) {
    SortedMap<Stratum, SideCounts> quotas = new TreeMap<>();
    if (patients.isEmpty()) {
      return quotas;
    }
    Quotas search = new Quotas(patients, patients.firstKey().encounters().size());
    for (int round = 0; round < MOST_ROUNDS && search.revise(); round++) {}
    search.chosen.forEach((stratum, n) -> quotas.put(stratum, SideCounts.of(n)));
    return quotas;
  }

  /** Goes through all strata once; tells whether any choice has changed. */
  private boolean revise() {
    boolean changed = false;
    for (Map.Entry<Stratum, StratumTally> entry : patients.entrySet()) {
      Stratum stratum = entry.getKey();
      long all = entry.getValue().total();
      long[] before = chosen.get(stratum);
      if (before != null) {
        add(stratum, all, before, -1);
      }
      long[] best = best(stratum, all, before);
      add(stratum, all, best, 1);
      chosen.put(stratum, best);
      changed |= best != before;
    }
    return changed;
  }

  /** The best choice for a stratum; the one before, if no other is better. */
  private long[] best(Stratum stratum, long all, long @Nullable [] before) {
    List<long[]> choices = Objects.requireNonNull(ways.get(stratum));
    long[] best = before == null ? choices.get(0) : before;
    double least = cost(stratum, all, best);
    for (long[] choice : choices) {
      double cost = cost(stratum, all, choice);
      if (cost < least) {
        best = choice;
        least = cost;
      }
    }
    return best;
  }

  /** The squares of all surpluses of the stratum's classes, if this choice were added. */
  private double cost(Stratum stratum, long all, long[] choice) {
    double cost = 0;
    for (int label = 0; label < surplus.length; label++) {
      for (int side = 0; side < Shares.SIDES; side++) {
        double after =
            surplus[label][side]
                + stratum.of(label) * Shares.fifthsTooMany(all, choice[side], side);
        cost += after * after;
      }
    }
    return cost;
  }

  private void add(Stratum stratum, long all, long[] choice, long sign) {
    for (int label = 0; label < surplus.length; label++) {
      for (int side = 0; side < Shares.SIDES; side++) {
        surplus[label][side] +=
            sign * stratum.of(label) * Shares.fifthsTooMany(all, choice[side], side);
      }
    }
  }
}
