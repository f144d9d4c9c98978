package dev.alta.app.workflow;

import dev.alta.app.data.Engine;
import dev.alta.app.terminal.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a retrain is asked to do; whoever goes on with it does the same.
 *
 * @param data to ingest first; empty: the new days of the HTTP sources that the ledger knows
 * @param maxRejects share of the new rows that may be rejected, 0 to 1
 * @param seed of the split of new patients and of the training
 * @param engine name of where the pipelines run
 * @param parallelism workers of each pipeline step
 * @param trials of the search for each objective; 0: the best settings known beforehand
 * @param force whether to train whatever the decision would be
 */
public record RetrainSettings(
    Optional<String> data,
    double maxRejects,
    long seed,
    String engine,
    int parallelism,
    int trials,
    boolean force,
    RetrainLimits limits) {
  public RetrainSettings {
    if (!(maxRejects >= 0 && maxRejects <= 1)) {
      throw new IllegalArgumentException("maxRejects: " + maxRejects + " (expected: 0 to 1)");
    }
    if (trials < 0) {
      throw new IllegalArgumentException("budget: " + trials + " trials (expected: >= 0)");
    }
  }

  /** As it is kept with the workflow. */
  String json() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("data", data);
    fields.put("max_rejects", maxRejects);
    fields.put("seed", Long.toString(seed)); // a JSON number has 53 bits
    fields.put("engine", engine);
    fields.put("parallelism", parallelism);
    fields.put("trials", trials);
    fields.put("force", force);
    fields.put("new_rows", limits.newRows());
    fields.put("drift", limits.drift());
    fields.put("mean_drift", limits.meanDrift());
    fields.put("auroc_drop", limits.aurocDrop());
    fields.put("age_days", limits.ageDays());
    fields.put("live_days", limits.liveDays());
    return Json.of(fields);
  }

  static RetrainSettings parse(String json) {
    Outcome fields = Outcome.parse(json);
    return new RetrainSettings(
        fields.optionalText("data"),
        fields.number("max_rejects"),
        Long.parseLong(fields.text("seed")),
        fields.optionalText("engine").orElse(Engine.EMBEDDED), // older ones knew no other
        (int) fields.whole("parallelism"),
        (int) fields.whole("trials"),
        fields.flag("force"),
        new RetrainLimits(
            fields.number("new_rows"),
            fields.number("drift"),
            fields.number("mean_drift"),
            fields.number("auroc_drop"),
            (int) fields.whole("age_days"),
            (int) fields.whole("live_days")));
  }
}
