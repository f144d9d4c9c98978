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

  /** Digest over seed and cuts; equal digests mean that every patient is on the same side. */
  public String sha256() {
    String text =
        cuts.values().stream()
            .map(
                cut ->
                    String.format(
                        Locale.ROOT,
                        "%s %d %d %d %d %d %d %d\n",
                        cut.stratum(),
                        cut.train(),
                        cut.validation(),
                        cut.test(),
                        cut.trainLast().hash(),
                        cut.trainLast().patient(),
                        cut.validationLast().hash(),
                        cut.validationLast().patient()))
            .collect(Collectors.joining("", "seed " + seed + "\n", ""));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
