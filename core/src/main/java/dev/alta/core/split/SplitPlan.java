package dev.alta.core.split;

import dev.alta.core.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The outcome of a split: from a seed and the cuts anybody can tell, and check, the side of a new
 * patient without seeing any other patient.
 */
public final class SplitPlan {
  private static final int CUT_PARTS = 8;

  private final long seed;
  private final SortedMap<Stratum, StratumCut> inOrder;
  // Asked for every patient, and faster than the sorted one.
  private final Map<Stratum, StratumCut> cuts;

  private SplitPlan(long seed, SortedMap<Stratum, StratumCut> cuts) {
    this.seed = seed;
    this.inOrder = cuts;
    this.cuts = new HashMap<>(cuts);
  }

  /**
   * A plan of these cuts, in any order.
   *
   * @throws IllegalArgumentException if two are of the same stratum
   */
  public static SplitPlan of(long seed, List<StratumCut> cuts) {
    SortedMap<Stratum, StratumCut> byStratum = new TreeMap<>();
    for (StratumCut cut : cuts) {
      if (byStratum.put(cut.stratum(), cut) != null) {
        throw new IllegalArgumentException("stratum " + cut.stratum() + ": cut twice");
      }
    }
    return new SplitPlan(seed, byStratum);
  }

  public long seed() {
    return seed;
  }

  /** The cuts, in the order of their strata. */
  public List<StratumCut> cuts() {
    return List.copyOf(inOrder.values());
  }

  /**
   * The side of a patient who had none before.
   *
   * @throws IllegalArgumentException if no patient of this stratum was there when the plan was made
   */
  public Side sideOf(long patient, Stratum stratum) {
    StratumCut cut = cuts.get(stratum);
    if (cut == null) {
      throw new IllegalArgumentException("stratum " + stratum + " (expected: one of the plan's)");
    }
    return cut.sideOf(new Place(PatientHash.of(patient, seed), patient));
  }

  /** How a stratum is cut; empty where it has no patients. */
  public Optional<StratumCut> cut(Stratum stratum) {
    return Optional.ofNullable(cuts.get(stratum));
  }

  /** Patients on a side. */
  public long patients(Side side) {
    return inOrder.values().stream().mapToLong(cut -> cut.patients().of(side)).sum();
  }

  /** Encounters of a class on a side. */
  public long rows(Side side, int label) {
    return inOrder.values().stream()
        .mapToLong(cut -> cut.patients().of(side) * cut.stratum().of(label))
        .sum();
  }

  /**
   * The plan as text, one line for the seed and one for each stratum: its encounters by class, its
   * patients by side, and its two cuts, each as hash and patient. Where some of the patients had
   * their side before, their numbers by side follow.
   *
   * <pre>
   * seed 42
   * 1,0,0 3 1 1 5534023222112865484 1153 7378697629483820646 900
   * 2,0,0 5 2 1 5534023222112865484 1153 7378697629483820646 900 2 1 0
   * </pre>
   */
  public String text() {
    return inOrder.values().stream()
        .map(SplitPlan::line)
        .collect(Collectors.joining("\n", "seed " + seed + "\n", "\n"));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static SplitPlan parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).matches("seed -?[0-9]+")) {
      throw new IllegalArgumentException("split plan (expected: seed and a number on line 1)");
    }
    return of(
        Long.parseLong(lines.get(0).substring(5)),
        lines.stream().skip(1).filter(line -> !line.isEmpty()).map(SplitPlan::cut).toList());
  }

  /** Digest of {@link #text}; equal digests mean that every patient is on the same side. */
  public String sha256() {
    return Sha256.of(text().getBytes(StandardCharsets.UTF_8));
  }

  private static String line(StratumCut cut) {
    String line =
        String.format(
            Locale.ROOT,
            "%s %d %d %d %d %d %d %d",
            cut.stratum(),
            cut.patients().train(),
            cut.patients().validation(),
            cut.patients().test(),
            cut.trainLast().hash(),
            cut.trainLast().patient(),
            cut.validationLast().hash(),
            cut.validationLast().patient());
    SideCounts kept = cut.kept();
    return kept.total() == 0
        ? line
        : line + " " + kept.train() + " " + kept.validation() + " " + kept.test();
  }

  private static StratumCut cut(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != CUT_PARTS && parts.length != CUT_PARTS + Shares.SIDES) {
      throw new IllegalArgumentException("split plan: " + line + " (expected: 8 or 11 parts)");
    }
    long[] n = new long[CUT_PARTS + Shares.SIDES];
    for (int i = 1; i < parts.length; i++) {
      n[i] = Long.parseLong(parts[i]);
    }
    return new StratumCut(
        Stratum.of(parts[0]),
        new SideCounts(n[1], n[2], n[3]),
        new SideCounts(n[8], n[9], n[10]),
        new Place(n[4], n[5]),
        new Place(n[6], n[7]));
  }
}
