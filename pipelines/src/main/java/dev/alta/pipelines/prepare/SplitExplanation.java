package dev.alta.pipelines.prepare;

import dev.alta.core.contract.Contract;
import dev.alta.core.split.PatientHash;
import dev.alta.core.split.PatientRecord;
import dev.alta.core.split.PatientRecord.Assigned;
import dev.alta.core.split.Place;
import dev.alta.core.split.RecordedSplit;
import dev.alta.core.split.Side;
import dev.alta.core.split.Stratum;
import dev.alta.core.split.StratumCut;
import dev.alta.database.Database;
import dev.alta.database.SplitAudit.Splits;
import dev.alta.pipelines.PipelineException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * On which side a patient is, and why: all that it takes to come to the same result with a pencil.
 *
 * @param side as assigned
 * @param generation that assigned the patient
 * @param latest generation that is published; the patient has kept the side up to this one
 * @param seed of the generation that assigned the patient
 * @param hash of the patient's number with this seed
 * @param stratum by which the patient was dealt out; empty where that was before certificates
 * @param cut of that stratum
 * @param byCut the side that hash and cut give
 * @param now the patient's stratum now; empty where no rows of the patient are in clean_data
 */
public record SplitExplanation(
    long patient,
    String side,
    long generation,
    long latest,
    long seed,
    long hash,
    Optional<Stratum> stratum,
    Optional<StratumCut> cut,
    Optional<Side> byCut,
    Optional<Stratum> now) {
  /**
   * Explains a patient.
   *
   * @throws PipelineException if the tables do not know the patient
   */
  public static SplitExplanation of(Database database, long patient) {
    Found found = database.cleanData().splitAudit().run(patient, Found::new);
    PatientRecord known = found.patient;
    if (known == null || known.assigned().isEmpty()) {
      throw new PipelineException(
          "patient " + patient + ": on no side (expected: a patient with rows in clean_data)");
    }
    return of(known, known.assigned().get(), found.splits);
  }

  /** Remembers the patient. */
  private static final class Found implements Consumer<PatientRecord> {
    final Splits splits;
    @Nullable PatientRecord patient;

    Found(Splits splits) {
      this.splits = splits;
    }

    @Override
    public void accept(PatientRecord known) {
      patient = known;
    }
  }

  private static SplitExplanation of(PatientRecord patient, Assigned assigned, Splits splits) {
    RecordedSplit split =
        splits.splits().stream()
            .filter(known -> known.generation() == assigned.generation())
            .findFirst()
            .orElseThrow(
                () ->
                    new PipelineException(
                        "patient "
                            + patient.patient()
                            + ": assigned in generation "
                            + assigned.generation()
                            + " (expected: one that was published)"));
    long seed = split.plan().map(plan -> plan.seed()).orElse(splits.latest().seed());
    Place place = new Place(PatientHash.of(patient.patient(), seed), patient.patient());
    Optional<Stratum> stratum = assigned.stratum().map(Stratum::of);
    Optional<StratumCut> cut = split.plan().flatMap(plan -> stratum.flatMap(plan::cut));
    return new SplitExplanation(
        patient.patient(),
        assigned.side(),
        assigned.generation(),
        splits.latest().number(),
        seed,
        place.hash(),
        stratum,
        cut,
        cut.map(c -> c.sideOf(place)),
        patient.rows().map(rows -> Stratum.of(rows.stratum())));
  }

  /** In words, several lines. */
  public String words(Contract contract) {
    StringBuilder words = new StringBuilder();
    line(words, "patient %d: %s", patient, side);
    if (stratum.isPresent() && cut.isPresent()) {
      StratumCut c = cut.get();
      line(words, "  dealt out in generation %d with seed %d", generation, seed);
      line(words, "  stratum then: %s", words(contract, stratum.get()));
      line(words, "  hash: %d", hash);
      line(words, "  cuts of the stratum, in the order of (hash, patient):");
      line(words, "    train       up to and including %s", words(c.trainLast()));
      line(words, "    validation  up to and including %s", words(c.validationLast()));
      line(words, "    test        after that");
      line(words, "  so: %s", byCut.map(Side::label).orElse("?"));
    } else {
      line(words, "  assigned in generation %d, of which no reasons were kept", generation);
    }
    if (generation < latest) {
      line(words, "  kept since, up to generation %d: who has a side never moves", latest);
    }
    now.ifPresentOrElse(
        stratumNow -> line(words, "  encounters now: %s", words(contract, stratumNow)),
        () -> line(words, "  no rows in clean_data now"));
    return words.toString();
  }

  /** As names and values, for JSON. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("patient", patient);
    fields.put("side", side);
    fields.put("assigned_in_generation", generation);
    fields.put("latest_generation", latest);
    fields.put("seed", seed);
    fields.put("hash", hash);
    fields.put("stratum", stratum.map(Stratum::toString));
    fields.put("train_last_hash", cut.map(c -> c.trainLast().hash()));
    fields.put("train_last_patient", cut.map(c -> c.trainLast().patient()));
    fields.put("validation_last_hash", cut.map(c -> c.validationLast().hash()));
    fields.put("validation_last_patient", cut.map(c -> c.validationLast().patient()));
    fields.put("side_by_cut", byCut.map(Side::label));
    fields.put("stratum_now", now.map(Stratum::toString));
    return fields;
  }

  private static void line(StringBuilder words, String text, Object... values) {
    words.append(String.format(Locale.ROOT, text, values)).append('\n');
  }

  private static String words(Contract contract, Stratum stratum) {
    StringBuilder words = new StringBuilder();
    for (int label = 0; label < contract.classes().size(); label++) {
      words
          .append(label == 0 ? "" : ", ")
          .append(stratum.of(label))
          .append(" of class ")
          .append(contract.classes().get(label));
    }
    return words.toString();
  }

  private static String words(Place place) {
    return place.equals(Place.START) ? "nobody" : "(" + place.hash() + ", " + place.patient() + ")";
  }
}
