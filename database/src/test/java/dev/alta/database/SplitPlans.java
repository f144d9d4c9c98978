package dev.alta.database;

import dev.alta.core.split.Place;
import dev.alta.core.split.Side;
import dev.alta.core.split.SideCounts;
import dev.alta.core.split.SplitPlan;
import dev.alta.core.split.Stratum;
import dev.alta.core.split.StratumCut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Plans that fit rows of which the sides are given, with cuts that nobody looks at. */
final class SplitPlans {
  /** A visit of {@link Visits} and its side. */
  record Visit(long id, Side side) {}

  private SplitPlans() {}

  static SplitPlan of(List<Visit> visits, Set<Long> kept) {
    Map<Long, int[]> encounters = new TreeMap<>();
    Map<Long, Side> sides = new HashMap<>();
    for (Visit visit : visits) {
      encounters.computeIfAbsent(visit.id() / 2, p -> new int[2])[visit.id() % 3 == 0 ? 1 : 0]++;
      sides.put(visit.id() / 2, visit.side());
    }
    Map<Stratum, SideCounts> all = new HashMap<>();
    Map<Stratum, SideCounts> before = new HashMap<>();
    encounters.forEach(
        (patient, n) -> {
          Stratum stratum = new Stratum(List.of(n[0], n[1]));
          SideCounts one = SideCounts.of(sides.getOrDefault(patient, Side.TRAIN), 1);
          all.merge(stratum, one, SideCounts::plus);
          if (kept.contains(patient)) {
            before.merge(stratum, one, SideCounts::plus);
          }
        });
    List<StratumCut> cuts = new ArrayList<>();
    all.forEach(
        (stratum, counts) ->
            cuts.add(
                new StratumCut(
                    stratum,
                    counts,
                    before.getOrDefault(stratum, SideCounts.NONE),
                    new Place(10, 1),
                    new Place(20, 2))));
    return SplitPlan.of(7, cuts);
  }
}
