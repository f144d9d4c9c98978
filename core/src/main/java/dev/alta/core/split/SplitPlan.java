package dev.alta.core.split;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The outcome of a split: from a seed and the cuts anybody can tell, and check, the side of a
 * patient without seeing any other patient.
 */
public final class SplitPlan {
  private final long seed;
  private final Map<Stratum, StratumCut> cuts;

  private SplitPlan(long seed, Map<Stratum, StratumCut> cuts) {
    this.seed = seed;
    this.cuts = cuts;
  }

  /**
   * A plan of these cuts, in any order.
   *
   * @throws IllegalArgumentException if two are of the same stratum
   */
  public static SplitPlan of(long seed, List<StratumCut> cuts) {
    Map<Stratum, StratumCut> byStratum = new TreeMap<>();
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
    return List.copyOf(cuts.values());
  }

  /**
   * The side of a patient.
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

  /** Patients on a side. */
  public long patients(Side side) {
    return cuts.values().stream().mapToLong(cut -> cut.patients(side)).sum();
  }

  /** Encounters of a class on a side. */
  public long rows(Side side, int label) {
    return cuts.values().stream()
        .mapToLong(cut -> cut.patients(side) * cut.stratum().of(label))
        .sum();
  }

  /**
   * The plan as text, one line for the seed and one for each stratum: its encounters by class, its
   * patients by side, and its two cuts, each as hash and patient.
   *
   * <pre>
   * seed 42
   * 1,0,0 3 1 1 5534023222112865484 1153 7378697629483820646 900
   * </pre>
   */
  public String text() {
    return cuts.values().stream()
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
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static String line(StratumCut cut) {
    return String.format(
        Locale.ROOT,
        "%s %d %d %d %d %d %d %d",
        cut.stratum(),
        cut.train(),
        cut.validation(),
        cut.test(),
        cut.trainLast().hash(),
        cut.trainLast().patient(),
        cut.validationLast().hash(),
        cut.validationLast().patient());
  }

  private static StratumCut cut(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != 8) {
      throw new IllegalArgumentException("split plan: " + line + " (expected: 8 parts)");
    }
    long[] n = new long[parts.length];
    for (int i = 1; i < parts.length; i++) {
      n[i] = Long.parseLong(parts[i]);
    }
    return new StratumCut(
        Stratum.of(parts[0]), n[1], n[2], n[3], new Place(n[4], n[5]), new Place(n[6], n[7]));
  }
}
