package dev.alta.core.split;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many patients of each stratum go to each side: 60, 20 and 20 of 100, rounded down or up.
 *
 * <p>What rounding leaves over is one or two patients of a stratum. Which sides they go to is
 * chosen so that the rows of each class come as near to 60, 20 and 20 of 100 on each side as
 * possible, measured by the sum of the squares of what is missing. The strata are gone through in
 * their order, those with many encounters of a patient first, and then over and over, each choice
 * being revised in view of all others, until none changes. The result depends on the numbers of
 * patients alone.
 */
final class Quotas {
  /** Fifths of each side: 3/5, 1/5, 1/5. */
  private static final int[] FIFTHS = {3, 1, 1};

  private static final int MOST_ROUNDS = 100;

  /** For each class and side, five times the rows that are too many. */
  private final long[][] surplus;

  private final Map<Stratum, long[]> chosen = new HashMap<>();

  private Quotas(int classes) {
    surplus = new long[classes][FIFTHS.length];
  }

  /** The quotas of all strata. */
  static SortedMap<Stratum, Quota> of(SortedMap<Stratum, Long> patients) {
    SortedMap<Stratum, Quota> quotas = new TreeMap<>();
    if (patients.isEmpty()) {
      return quotas;
    }
    Quotas search = new Quotas(patients.firstKey().encounters().size());
    for (int round = 0; round < MOST_ROUNDS && search.revise(patients); round++) {}
    search.chosen.forEach((stratum, n) -> quotas.put(stratum, new Quota(n[0], n[1], n[2])));
    return quotas;
  }

  /** Goes through all strata once; tells whether any choice has changed. */
  private boolean revise(SortedMap<Stratum, Long> patients) {
    boolean changed = false;
    for (Map.Entry<Stratum, Long> entry : patients.entrySet()) {
      Stratum stratum = entry.getKey();
      long[] before = chosen.get(stratum);
      if (before != null) {
        add(stratum, entry.getValue(), before, -1);
      }
      long[] best = best(stratum, entry.getValue(), before);
      add(stratum, entry.getValue(), best, 1);
      chosen.put(stratum, best);
      changed |= best != before;
    }
    return changed;
  }

  /** The best choice for a stratum; the one before, if no other is better. */
  private long[] best(Stratum stratum, long patients, long @Nullable [] before) {
    long[] best = before;
    double least = before == null ? Double.POSITIVE_INFINITY : cost(stratum, patients, before);
    for (long[] choice : choices(patients)) {
      double cost = cost(stratum, patients, choice);
      if (cost < least || best == null) {
        best = choice;
        least = cost;
      }
    }
    return best == null ? new long[FIFTHS.length] : best;
  }

  /** All ways to round: each side gets its share rounded down, and at most one patient more. */
  private static List<long[]> choices(long patients) {
    long[] down = new long[FIFTHS.length];
    long left = patients;
    for (int side = 0; side < FIFTHS.length; side++) {
      down[side] = patients * FIFTHS[side] / 5;
      left -= down[side];
    }
    List<long[]> choices = new ArrayList<>();
    for (int sides = 0; sides < 1 << FIFTHS.length; sides++) {
      if (Integer.bitCount(sides) == left) {
        long[] choice = down.clone();
        for (int side = 0; side < FIFTHS.length; side++) {
          choice[side] += sides >> side & 1;
        }
        choices.add(choice);
      }
    }
    return choices;
  }

  /** The squares of all surpluses of the stratum's classes, if this choice were added. */
  private double cost(Stratum stratum, long patients, long[] choice) {
    double cost = 0;
    for (int label = 0; label < surplus.length; label++) {
      for (int side = 0; side < FIFTHS.length; side++) {
        double after =
            surplus[label][side] + stratum.of(label) * tooMany(patients, choice[side], side);
        cost += after * after;
      }
    }
    return cost;
  }

  private void add(Stratum stratum, long patients, long[] choice, long sign) {
    for (int label = 0; label < surplus.length; label++) {
      for (int side = 0; side < FIFTHS.length; side++) {
        surplus[label][side] += sign * stratum.of(label) * tooMany(patients, choice[side], side);
      }
    }
  }

  private static long tooMany(long patients, long given, int side) {
    return 5 * given - FIFTHS[side] * patients;
  }
}
