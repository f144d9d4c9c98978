package dev.alta.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitTest {
  private static final double[] SHARES = {0.6, 0.2, 0.2};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 17, 300, 20_000})
  void givesEverySideOfEveryStratumItsShareRoundedDownOrUp(int patients) {
    SplitPlan plan = split(7, patients(patients, patients), 1);
    for (StratumCut cut : plan.cuts()) {
      long all = cut.patients().total();
      for (Side side : Side.values()) {
        double exact = SHARES[List.of(Side.values()).indexOf(side)] * all;
        assertThat((double) cut.patients().of(side)).isCloseTo(exact, within(1 - 1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -5, 42, Long.MAX_VALUE})
  void assignsAsManyPatientsAsThePlanSays(long seed) {
    Map<Long, Stratum> patients = patients(5_000, 3);
    SplitPlan plan = split(seed, patients, 1);

    for (StratumCut cut : plan.cuts()) {
      for (Side side : Side.values()) {
        long assigned =
            patients.entrySet().stream()
                .filter(p -> p.getValue().equals(cut.stratum()))
                .filter(p -> plan.sideOf(p.getKey(), p.getValue()) == side)
                .count();
        assertThat(assigned).isEqualTo(cut.patients().of(side));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 1_000, 50_000})
  void keepsTheRowsOfEveryClassNearTheirShareOnEverySide(int patients) {
    SplitPlan plan = split(7, patients(patients, 11), 1);
    for (int label = 0; label < 3; label++) {
      long all = 0;
      for (Side side : Side.values()) {
        all += plan.rows(side, label);
      }
      for (Side side : Side.values()) {
        double exact = SHARES[List.of(Side.values()).indexOf(side)] * all;
        assertThat((double) plan.rows(side, label)).isCloseTo(exact, within(3.0));
      }
    }
  }

  /** Such as one who comes back forty times: no other has the same outcomes. */
  @Test
  void givesWhoeverIsAloneInAStratumTheChancesOfAllOthers() {
    Map<Long, Stratum> patients = patients(2_000, 4);
    Stratum lone = new Stratum(List.of(20, 5, 15));
    patients.put(1L, lone);
    Map<Side, Integer> times = new EnumMap<>(Side.class);
    for (long seed = 0; seed < 500; seed++) {
      times.merge(split(seed, patients, 1).sideOf(1L, lone), 1, Integer::sum);
    }

    // Three deviations of such a draw: 33 of 300, 27 of 100.
    assertThat(times.get(Side.TRAIN)).isBetween(267, 333);
    assertThat(times.get(Side.VALIDATION)).isBetween(73, 127);
    assertThat(times.get(Side.TEST)).isBetween(73, 127);
  }

  @Test
  void doesNotGiveAllPatientsOfTinyStrataToOneSide() {
    Map<Long, Stratum> patients = new TreeMap<>();
    for (int i = 1; i <= 100; i++) {
      patients.put((long) i, new Stratum(List.of(i, 0, 1)));
    }
    SplitPlan plan = split(7, patients, 1);

    assertThat(plan.patients(Side.TRAIN)).isBetween(50L, 70L);
    assertThat(plan.patients(Side.VALIDATION)).isBetween(12L, 28L);
    assertThat(plan.patients(Side.TEST)).isBetween(12L, 28L);
  }

  @Test
  void isTheSameInAnyOrderAndByAnyNumberOfWorkers() {
    Map<Long, Stratum> patients = patients(3_000, 5);
    String digest = split(9, patients, 1).sha256();

    assertThat(split(9, patients, 2).sha256()).isEqualTo(digest);
    assertThat(split(9, patients, 13).sha256()).isEqualTo(digest);
    assertThat(split(10, patients, 1).sha256()).isNotEqualTo(digest);
  }

  @Test
  void isTheSameAsSortingAllPatientsOfAStratum() {
    Map<Long, Stratum> patients = patients(3_000, 8);
    SplitPlan plan = split(9, patients, 4);

    for (StratumCut cut : plan.cuts()) {
      List<Place> inOrder =
          patients.entrySet().stream()
              .filter(p -> p.getValue().equals(cut.stratum()))
              .map(p -> new Place(PatientHash.of(p.getKey(), 9), p.getKey()))
              .sorted()
              .toList();
      for (int rank = 0; rank < inOrder.size(); rank++) {
        Side expected =
            rank < cut.patients().train()
                ? Side.TRAIN
                : rank < cut.patients().train() + cut.patients().validation()
                    ? Side.VALIDATION
                    : Side.TEST;
        assertThat(plan.sideOf(inOrder.get(rank).patient(), cut.stratum())).isEqualTo(expected);
      }
    }
  }

  @Test
  void looksAtFewPatientsOneByOne() {
    Map<Long, Stratum> patients = patients(50_000, 2);
    SplitOutline outline = SplitOutline.of(3, histograms(3, patients, 1));
    long needed =
        patients.entrySet().stream()
            .filter(p -> outline.needs(p.getValue(), PatientHash.of(p.getKey(), 3)))
            .count();

    assertThat(needed).isLessThan(1_000);
  }

  @Test
  void canBeWrittenAndReadBack() {
    SplitPlan plan = split(-4, patients(200, 6), 1);
    SplitPlan read = SplitPlan.parse(plan.text());

    assertThat(read.sha256()).isEqualTo(plan.sha256());
    assertThat(read.cuts()).isEqualTo(plan.cuts());
    assertThatThrownBy(() -> SplitPlan.parse("no plan"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hashesForEverInTheSameWay() {
    assertThat(PatientHash.of(8_222_157, 42)).isEqualTo(expectedHash(8_222_157, 42));
    assertThat(PatientHash.of(0, 0)).isZero();
    assertThat(PatientHash.of(1, 0)).isEqualTo(0x5692161d100b05e5L >>> 1);
  }

  /** From the formula, written a second time with numbers of any size. */
  private static long expectedHash(long patient, long seed) {
    BigInteger word = BigInteger.ONE.shiftLeft(64);
    BigInteger z =
        BigInteger.valueOf(seed)
            .multiply(new BigInteger("9e3779b97f4a7c15", 16))
            .add(BigInteger.valueOf(patient))
            .mod(word);
    z = z.xor(z.shiftRight(30)).multiply(new BigInteger("bf58476d1ce4e5b9", 16)).mod(word);
    z = z.xor(z.shiftRight(27)).multiply(new BigInteger("94d049bb133111eb", 16)).mod(word);
    return z.xor(z.shiftRight(31)).shiftRight(1).longValueExact();
  }

  static SplitPlan split(long seed, Map<Long, Stratum> patients, int workers) {
    SplitOutline outline = SplitOutline.of(seed, histograms(seed, patients, workers));
    Map<Stratum, List<Place>> needed = new TreeMap<>();
    List<Map.Entry<Long, Stratum>> shuffled = new ArrayList<>(patients.entrySet());
    Collections.shuffle(shuffled, new Random(workers));
    for (Map.Entry<Long, Stratum> patient : shuffled) {
      long hash = PatientHash.of(patient.getKey(), seed);
      if (outline.needs(patient.getValue(), hash)) {
        needed
            .computeIfAbsent(patient.getValue(), s -> new ArrayList<>())
            .add(new Place(hash, patient.getKey()));
      }
    }
    return outline.finish(needed);
  }

  private static Map<Stratum, StratumTally> histograms(
      long seed, Map<Long, Stratum> patients, int workers) {
    List<Map<Stratum, StratumTally>> parts = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      parts.add(new TreeMap<>());
    }
    int next = 0;
    for (Map.Entry<Long, Stratum> patient : patients.entrySet()) {
      parts
          .get(next++ % workers)
          .computeIfAbsent(patient.getValue(), s -> new StratumTally())
          .add(PatientHash.of(patient.getKey(), seed));
    }
    Map<Stratum, StratumTally> all = new TreeMap<>(Collections.reverseOrder());
    for (Map<Stratum, StratumTally> part : parts) {
      part.forEach((s, h) -> all.computeIfAbsent(s, k -> new StratumTally()).add(h));
    }
    return all;
  }

  /** Patients as they are in hospitals: most with one encounter, few with many. */
  static Map<Long, Stratum> patients(int number, long seed) {
    Random random = new Random(seed);
    Map<Long, Stratum> patients = new TreeMap<>();
    while (patients.size() < number) {
      Integer[] encounters = {0, 0, 0};
      do {
        encounters[random.nextInt(10) < 5 ? 0 : random.nextInt(3)]++;
      } while (random.nextInt(10) < 3);
      patients.put(random.nextLong(1_000_000_000), new Stratum(List.of(encounters)));
    }
    return patients;
  }
}
