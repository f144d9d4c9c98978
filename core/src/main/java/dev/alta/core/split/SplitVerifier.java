package dev.alta.core.split;

import dev.alta.core.digest.Sha256;
import dev.alta.core.split.PatientRecord.Assigned;
import dev.alta.core.split.PatientRecord.Rows;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Recomputes a split from the tables, patient by patient, and names all that is not as it should
 * be. Give it all patients by their numbers, rising, then ask for the {@link #findings}. What it
 * holds in memory does not grow with the number of patients.
 *
 * <ul>
 *   <li>The rows of a patient are on the side to which the patient is assigned.
 *   <li>That is the side which the hash and the cuts of the generation that assigned the patient
 *       give.
 *   <li>As many patients of each stratum are on each side as each generation has dealt out, and as
 *       the last one says.
 *   <li>The digests of all cuts and of all sides, after each generation, are those published with
 *       it: so nobody has moved since.
 * </ul>
 */
public final class SplitVerifier {
  private static final int MOST_PATIENTS = 10;

  private final long latest;
  private final Map<Long, RecordedSplit> splits = new TreeMap<>();
  private final Map<Long, Map<String, StratumCut>> cuts = new HashMap<>();
  private final Map<Long, MessageDigest> digests = new TreeMap<>();
  private final StratumNumbers now = new StratumNumbers();
  private final StratumNumbers kept = new StratumNumbers();
  private final Map<Long, StratumNumbers> dealt = new TreeMap<>();
  private final Map<String, long[]> rows = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private long patients;
  private long wrongPatients;

  /**
   * Of no patients yet.
   *
   * @param latest number of the generation that is published
   * @param splits of all generations
   */
  public SplitVerifier(long latest, List<RecordedSplit> splits) {
    this.latest = latest;
    for (RecordedSplit split : splits) {
      this.splits.put(split.generation(), split);
      checkPlan(split);
      Map<String, StratumCut> byStratum = new HashMap<>();
      split
          .plan()
          .ifPresent(
              plan -> plan.cuts().forEach(cut -> byStratum.put(cut.stratum().toString(), cut)));
      cuts.put(split.generation(), byStratum);
      if (split.assignmentSha256().isPresent()) {
        digests.put(split.generation(), Sha256.start());
      }
    }
  }

  /** Takes the next patient. */
  public void accept(PatientRecord patient) {
    patients++;
    Optional<String> wrong = check(patient);
    if (wrong.isPresent() && ++wrongPatients <= MOST_PATIENTS) {
      findings.add("patient " + patient.patient() + ": " + wrong.get());
    }
    patient.assigned().ifPresent(assigned -> count(patient, assigned));
    patient.rows().ifPresent(this::countRows);
  }

  /** Patients seen. */
  public long patients() {
    return patients;
  }

  /** Rows by side and class, in the order of the classes. */
  public Map<String, long[]> rows() {
    return rows;
  }

  /** All that is off, in words; empty if the split is as it was published. */
  public List<String> findings() {
    List<String> all = new ArrayList<>(findings);
    if (wrongPatients > MOST_PATIENTS) {
      all.add((wrongPatients - MOST_PATIENTS) + " more patients are not as they should be");
    }
    splits.values().forEach(split -> checkNumbers(split, all));
    splits.values().forEach(split -> checkDigest(split, all));
    return all;
  }

  private void checkPlan(RecordedSplit split) {
    if (split.plan().isEmpty()) {
      findings.add(of(split) + "cuts: " + split.problem());
    } else if (!split.plan().get().sha256().equals(split.splitSha256())) {
      findings.add(
          of(split)
              + "seed and cuts have digest "
              + split.plan().get().sha256()
              + " (expected: "
              + split.splitSha256()
              + ", as published)");
    }
  }

  private Optional<String> check(PatientRecord patient) {
    if (patient.assigned().isEmpty()) {
      return Optional.of("has rows in clean_data, but no side in split_assignment");
    }
    Assigned assigned = patient.assigned().get();
    if (patient.rows().isPresent()) {
      Rows rows = patient.rows().get();
      if (!rows.side().equals(rows.otherSide())) {
        return Optional.of("rows on " + rows.side() + " and on " + rows.otherSide());
      }
      if (!rows.side().equals(assigned.side())) {
        return Optional.of("rows on " + rows.side() + ", but assigned to " + assigned.side());
      }
    }
    return checkSide(patient.patient(), assigned);
  }

  private Optional<String> checkSide(long patient, Assigned assigned) {
    RecordedSplit split = splits.get(assigned.generation());
    if (split == null || assigned.generation() > latest) {
      return Optional.of(
          "assigned in generation " + assigned.generation() + ", which was never published");
    }
    if (assigned.stratum().isEmpty() || split.plan().isEmpty()) {
      return Optional.empty(); // older than certificates, or said of the plan
    }
    String stratum = assigned.stratum().get();
    StratumCut cut = cuts.getOrDefault(assigned.generation(), Map.of()).get(stratum);
    if (cut == null) {
      return Optional.of(
          "dealt out as stratum "
              + stratum
              + ", of which generation "
              + assigned.generation()
              + " has no cuts");
    }
    long hash = PatientHash.of(patient, split.plan().get().seed());
    Side side = cut.sideOf(new Place(hash, patient));
    return side.label().equals(assigned.side())
        ? Optional.empty()
        : Optional.of(
            "assigned to "
                + assigned.side()
                + ", but on "
                + side.label()
                + " by hash "
                + hash
                + " and the cuts of stratum "
                + stratum
                + " in generation "
                + assigned.generation());
  }

  private void count(PatientRecord patient, Assigned assigned) {
    patient
        .rows()
        .ifPresent(
            rows -> {
              now.add(rows.stratum(), assigned.side());
              if (assigned.generation() < latest) {
                kept.add(rows.stratum(), assigned.side());
              }
            });
    assigned
        .stratum()
        .ifPresent(
            stratum ->
                dealt
                    .computeIfAbsent(assigned.generation(), g -> new StratumNumbers())
                    .add(stratum, assigned.side()));
    byte[] line =
        (patient.patient() + "\t" + assigned.side() + "\n").getBytes(StandardCharsets.UTF_8);
    digests.forEach(
        (generation, digest) -> {
          if (assigned.generation() <= generation) {
            digest.update(line);
          }
        });
  }

  private void countRows(Rows patient) {
    Stratum stratum = Stratum.of(patient.stratum());
    long[] sums =
        rows.computeIfAbsent(patient.side(), side -> new long[stratum.encounters().size()]);
    for (int label = 0; label < sums.length; label++) {
      sums[label] += stratum.of(label);
    }
  }

  private void checkNumbers(RecordedSplit split, List<String> all) {
    if (split.plan().isEmpty() || split.assignmentSha256().isEmpty()) {
      return;
    }
    StratumNumbers found = dealt.getOrDefault(split.generation(), new StratumNumbers());
    List<StratumCut> plan = split.plan().get().cuts();
    found.compare(of(split) + "new patients of stratum ", plan, StratumCut::fresh, all);
    if (split.generation() == latest) {
      now.compare(of(split) + "patients of stratum ", plan, StratumCut::patients, all);
      kept.compare(of(split) + "earlier patients of stratum ", plan, StratumCut::kept, all);
    }
  }

  private void checkDigest(RecordedSplit split, List<String> all) {
    MessageDigest digest = digests.get(split.generation());
    if (digest == null) {
      return;
    }
    String found = Sha256.finish(copy(digest));
    if (!found.equals(split.assignmentSha256().orElse(""))) {
      all.add(
          of(split)
              + "the sides of its patients have digest "
              + found
              + " (expected: "
              + split.assignmentSha256().orElse("")
              + ", as published)");
    }
  }

  private static String of(RecordedSplit split) {
    return "generation " + split.generation() + ": ";
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("SHA-256 of a JDK can be cloned", impossible);
    }
  }
}
