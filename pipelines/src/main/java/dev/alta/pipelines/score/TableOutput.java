package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.ScoreTable;
import dev.alta.database.ScoredEncounter;
import dev.alta.database.UnscoredRow;
import dev.alta.model.bundle.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table of the database, and another one with {@code _rejects} behind its name. */
record TableOutput(DatabaseSettings database, String name, long run, PinnedModel model)
    implements Output {
  static TableOutput begin(
      DatabaseSettings settings, String name, PinnedModel model, Contract contract) {
    try (Database database = Database.attach(settings, contract)) {
      return new TableOutput(settings, name, database.scoreTable(name).begin(), model);
    }
  }

  @Override
  public String address() {
    return ScoreSettings.TABLE + name;
  }

  @Override
  public String rejectsAddress() {
    return address() + "_rejects";
  }

  @Override
  public Writer open(Contract contract) {
    Database attached = Database.attach(database, contract);
    ScoreTable table = attached.scoreTable(name);
    ScoreTable.ScoredBy by =
        new ScoreTable.ScoredBy(model.name(), model.alias(), Integer.toString(model.version()));
    List<String> classes = contract.classes();
    return new Writer() {
      @Override
      public void write(long part, String source, PartRows rows) {
        table.write(
            run,
            part,
            by,
            rows.scored().stream().map(answer -> row(answer, classes)).toList(),
            rows.unscored().stream()
                .map(row -> new UnscoredRow(source, row.line(), row.reasons(), row.rawText()))
                .toList());
      }

      @Override
      public void close() {
        attached.close();
      }
    };
  }

  @Override
  public void publish(Contract contract, List<PlacedPart> parts) {
    Map<Long, Long> linesBefore = new TreeMap<>();
    parts.forEach(placed -> linesBefore.put(placed.part().number(), placed.linesBefore()));
    try (Database attached = Database.attach(database, contract)) {
      attached.scoreTable(name).publish(run, linesBefore);
    }
  }

  @Override
  public void tidy(List<PlacedPart> parts) {}

  @Override
  public Outcome outcome(Contract contract) {
    try (Database attached = Database.attach(database, contract)) {
      ScoreTable.Counts counts = attached.scoreTable(name).counts(run);
      return new Outcome(counts.scored(), counts.rejected());
    }
  }

  /** The next run drops what was not published. */
  @Override
  public void end() {}

  private static ScoredEncounter row(Answer answer, List<String> classes) {
    Prediction prediction = answer.prediction();
    Map<String, Double> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      probabilities.put(classes.get(i), prediction.probabilities().get(i));
    }
    return new ScoredEncounter(
        orNull(answer.key()),
        orNull(answer.patient()),
        classes.get(prediction.best()),
        probabilities,
        prediction.probabilityReadmitted(),
        prediction.probabilityMostUrgent(),
        prediction.risk().name(),
        prediction.riskPercentile(),
        answer.reasons().stream()
            .map(
                reason ->
                    new ScoredEncounter.Reason(
                        reason.name(), reason.value(), reason.contribution()))
            .toList());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
