package dev.alta.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories in which patients arrive, and come back with other outcomes, over several splits. */
final class StickySplitTest {
  private static final int[] FIFTHS = {3, 1, 1};

  /** As the data stand now, and who is on which side. */
  private static final class History {
    final Map<Long, int[]> encounters = new TreeMap<>();
    final Map<Long, Side> sides = new HashMap<>();

    void grow(Random random, int newPatients, int comingBack) {
      for (int i = 0; i < newPatients; i++) {
        encounter(random, random.nextLong(1_000_000_000));
      }
      List<Long> known = new ArrayList<>(encounters.keySet());
      for (int i = 0; i < comingBack; i++) {
        encounter(random, known.get(random.nextInt(known.size())));
      }
    }

    private void encounter(Random random, long patient) {
      int label = random.nextInt(10) < 5 ? 0 : random.nextInt(3);
      encounters.computeIfAbsent(patient, p -> new int[3])[label]++;
    }

    Stratum stratum(long patient) {
      return new Stratum(
          Arrays.stream(encounters.getOrDefault(patient, new int[0])).boxed().toList());
    }

    SplitPlan split(long seed, int workers) {
      List<Long> order = new ArrayList<>(encounters.keySet());
      Collections.shuffle(order, new Random(workers));
      List<Map<Stratum, StratumTally>> parts = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        parts.add(new HashMap<>());
      }
      for (int i = 0; i < order.size(); i++) {
        StratumTally tally =
            parts.get(i % workers).computeIfAbsent(stratum(order.get(i)), s -> new StratumTally());
        Side side = sides.get(order.get(i));
        if (side == null) {
          tally.add(PatientHash.of(order.get(i), seed));
        } else {
          tally.add(SideCounts.of(side, 1));
        }
      }
      Map<Stratum, StratumTally> all = new HashMap<>();
      parts.forEach(
          part -> part.forEach((s, t) -> all.computeIfAbsent(s, k -> new StratumTally()).add(t)));
      SplitOutline outline = SplitOutline.of(seed, all);
      Map<Stratum, List<Place>> places = new HashMap<>();
      for (long patient : order) {
        long hash = PatientHash.of(patient, seed);
        if (!sides.containsKey(patient) && outline.needs(stratum(patient), hash)) {
          places
              .computeIfAbsent(stratum(patient), s -> new ArrayList<>())
              .add(new Place(hash, patient));
        }
      }
      return outline.finish(places);
    }

    void assign(SplitPlan plan) {
      for (long patient : encounters.keySet()) {
        sides.computeIfAbsent(patient, p -> plan.sideOf(p, stratum(p)));
      }
    }

    Map<Stratum, Map<Side, Long>> counts() {
      Map<Stratum, Map<Side, Long>> counts = new HashMap<>();
      sides.forEach(
          (patient, side) ->
              counts
                  .computeIfAbsent(stratum(patient), s -> new EnumMap<>(Side.class))
                  .merge(side, 1L, Long::sum));
      return counts;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void movesNobodyAndComesAsNearToTheQuotasAsThatAllows(long seed) {
    Random random = new Random(seed);
    History history = new History();
    for (int round = 0; round < 5; round++) {
      history.grow(random, 20 + random.nextInt(400), random.nextInt(300));
      Map<Long, Side> before = Map.copyOf(history.sides);
      SplitPlan plan = history.split(round % 2 == 0 ? 42 : 43, 1 + random.nextInt(5));
      history.assign(plan);

      assertThat(history.sides).containsAllEntriesOf(before);
      assertThat(history.sides).containsOnlyKeys(history.encounters.keySet());
      Map<Stratum, Map<Side, Long>> counts = history.counts();
      assertThat(plan.cuts()).hasSameSizeAs(counts.keySet());
      for (StratumCut cut : plan.cuts()) {
        for (Side side : Side.values()) {
          assertThat(counts.getOrDefault(cut.stratum(), Map.of()).getOrDefault(side, 0L))
              .isEqualTo(cut.patients().of(side));
        }
        assertThat(isAsNearAsPossible(cut)).as(cut.toString()).isTrue();
      }
    }
  }

  @Test
  void isTheSameInAnyOrderAndByAnyNumberOfWorkersInEveryRound() {
    Random random = new Random(11);
    History history = new History();
    for (int round = 0; round < 4; round++) {
      history.grow(random, 1_000, 300);
      SplitPlan plan = history.split(7, 1);
      assertThat(history.split(7, 2).sha256()).isEqualTo(plan.sha256());
      assertThat(history.split(7, 13).sha256()).isEqualTo(plan.sha256());
      assertThat(SplitPlan.parse(plan.text()).cuts()).isEqualTo(plan.cuts());
      history.assign(plan);
    }
  }

  @Test
  void fillsTheQuotasWithNewPatientsInTheOrderOfTheirHashes() {
    Random random = new Random(12);
    History history = new History();
    history.grow(random, 500, 100);
    history.assign(history.split(7, 1));
    Map<Long, Side> before = Map.copyOf(history.sides);
    history.grow(random, 500, 100);
    history.assign(history.split(7, 1));

    Map<Stratum, List<Place>> fresh = new HashMap<>();
    history.encounters.keySet().stream()
        .filter(patient -> !before.containsKey(patient))
        .forEach(
            patient ->
                fresh
                    .computeIfAbsent(history.stratum(patient), s -> new ArrayList<>())
                    .add(new Place(PatientHash.of(patient, 7), patient)));
    fresh
        .values()
        .forEach(
            places ->
                assertThat(
                        places.stream()
                            .sorted()
                            .map(place -> history.sides.get(place.patient()))
                            .toList())
                    .isSorted());
  }

  @Test
  void changesNothingWhereNobodyIsNew() {
    History history = new History();
    history.grow(new Random(13), 300, 100);
    history.assign(history.split(7, 1));
    SplitPlan again = history.split(8, 1);

    assertThat(again.cuts()).allMatch(cut -> cut.fresh().total() == 0);
    assertThat(again.cuts()).allMatch(cut -> cut.trainLast().equals(Place.START));
  }

  /** The digest is that of the first version that drew who is rounded up. */
  @Test
  void dealsOutAFirstSplitAsItAlwaysDid() {
    assertThat(SplitTest.split(9, SplitTest.patients(3_000, 5), 1).sha256())
        .isEqualTo("bb41389e26837ebf32f1fdef5261af7ce3bc4253ad320389d66355600df136c7");
  }

  @ParameterizedTest
  @CsvSource({
    // new patients, kept on each side, then the only or the first way
    "0, 0, 1, 0, 0, 1, 0",
    "9, 0, 1, 0, 6, 2, 2",
    "1, 0, 1, 0, 1, 1, 0",
    // TRAIN has too many: the others go short by as much each.
    "0, 8, 1, 1, 8, 1, 1",
    "2, 8, 0, 0, 8, 1, 1",
    "10, 0, 10, 0, 9, 10, 1"
  })
  void sharesOutWhatIsMissing(long fresh, long a, long b, long c, long x, long y, long z) {
    List<long[]> ways = Shares.ways(fresh, new SideCounts(a, b, c));
    assertThat(ways).anySatisfy(way -> assertThat(way).containsExactly(x, y, z));
  }

  @Test
  void refusesToKeepMorePatientsThanThereAre() {
    assertThatThrownBy(
            () ->
                new StratumCut(
                    new Stratum(List.of(1)),
                    new SideCounts(1, 0, 0),
                    new SideCounts(0, 1, 0),
                    Place.START,
                    Place.START))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** By looking at all ways to share out the new patients. */
  private static boolean isAsNearAsPossible(StratumCut cut) {
    long all = cut.patients().total();
    long[] kept = cut.kept().toArray();
    long least = Long.MAX_VALUE;
    boolean canBeWithinOne = false;
    for (long train = kept[0]; train <= all - kept[1] - kept[2]; train++) {
      for (long validation = kept[1]; validation <= all - train - kept[2]; validation++) {
        long[] way = {train, validation, all - train - validation};
        least = Math.min(least, squares(way, all));
        canBeWithinOne |= isWithinOne(way, all);
      }
    }
    long[] chosen = cut.patients().toArray();
    return canBeWithinOne ? isWithinOne(chosen, all) : squares(chosen, all) == least;
  }

  private static boolean isWithinOne(long[] way, long all) {
    boolean within = true;
    for (int side = 0; side < 3; side++) {
      within &= Math.abs(5 * way[side] - FIFTHS[side] * all) < 5;
    }
    return within;
  }

  private static long squares(long[] way, long all) {
    long sum = 0;
    for (int side = 0; side < 3; side++) {
      sum += (5 * way[side] - FIFTHS[side] * all) * (5 * way[side] - FIFTHS[side] * all);
    }
    return sum;
  }
}
