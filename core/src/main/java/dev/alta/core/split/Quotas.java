package dev.alta.core.split;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many patients of each stratum are on each side: 60, 20 and 20 of 100, rounded down or up, or
 * as near as that can be had without moving a patient, see {@link Shares}.
 *
 * <p>That leaves a choice for one or two patients of a stratum. It is first drawn by the seed, so
 * that whoever is alone in a stratum (as are most patients with very many encounters) has the
 * chances of all others to be on a side; without a draw, the same few patients would be missing
 * from the test rows of every split, and its figures would not be those of all patients. Then the
 * rows of each class are brought as near to 60, 20 and 20 of 100 on each side as possible, measured
 * by the sum of the squares of what is missing: the strata are gone through over and over, each
 * choice being revised in view of all others, until none changes. Those with few encounters of a
 * patient, who are many, come first and make up for the others, which then hardly ever change. The
 * result depends on the numbers of patients and the seed alone.
 */
final class Quotas {
  private static final int MOST_ROUNDS = 100;

  private final SortedMap<Stratum, StratumTally> patients;
  private final Map<Stratum, List<long[]>> ways = new HashMap<>();
  private final Map<Stratum, long[]> chosen = new HashMap<>();

  /** For each class and side, five times the rows that are too many. */
  private final long[][] surplus;

  private Quotas(SortedMap<Stratum, StratumTally> patients, int classes, long seed) {
    this.patients = patients;
    surplus = new long[classes][Shares.SIDES];
    patients.forEach(
        (stratum, tally) -> {
          List<long[]> all = Shares.ways(tally.fresh().total(), tally.kept());
          ways.put(stratum, all);
          long[] drawn = Shares.draw(all, tally.total(), stratum.hash(seed));
          chosen.put(stratum, drawn);
          add(stratum, tally.total(), drawn, 1);
        });
  }

  /** The quotas of all strata, those who have their side already included. */
  static SortedMap<Stratum, SideCounts> of(long seed, Map<Stratum, StratumTally> tallies) {
    SortedMap<Stratum, StratumTally> patients = new TreeMap<>(Comparator.reverseOrder());
    patients.putAll(tallies);
    SortedMap<Stratum, SideCounts> quotas = new TreeMap<>();
    if (patients.isEmpty()) {
      return quotas;
    }
    Quotas search = new Quotas(patients, patients.firstKey().encounters().size(), seed);
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
      long[] before = Objects.requireNonNull(chosen.get(stratum));
      add(stratum, all, before, -1);
      long[] best = best(stratum, all, before);
      add(stratum, all, best, 1);
      chosen.put(stratum, best);
      changed |= best != before;
    }
    return changed;
  }

  /** The best choice for a stratum; the one before, if no other is better. */
  private long[] best(Stratum stratum, long all, long[] before) {
    long[] best = before;
    double least = cost(stratum, all, best);
    for (long[] choice : Objects.requireNonNull(ways.get(stratum))) {
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
