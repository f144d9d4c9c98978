package dev.alta.app.command;

import dev.alta.core.contract.Contract;
import dev.alta.core.drift.InputDrift;
import dev.alta.proto.v1.Evaluation;
import dev.alta.training.live.LiveVersion;
import dev.alta.training.live.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a version does in the hospital, as fields for JSON. */
final class LiveFields {
  private LiveFields() {}

  static Map<String, Object> of(Contract contract, LiveVersion version) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", version.version());
    fields.put("predictions", version.served());
    Map<String, Object> outcomes = new LinkedHashMap<>();
    for (int c = 0; c < contract.classes().size(); c++) {
      outcomes.put(contract.classes().get(c), version.judged().get(c));
    }
    fields.put("outcomes", outcomes);
    fields.put("too_few", version.shortage());
    fields.put("live", version.figures().map(live -> figures(contract, live)));
    fields.put("test", version.manifest().map(manifest -> figures(contract, manifest.getTest())));
    fields.put("drift", version.drift().map(LiveFields::drift));
    fields.put(version.weeks() ? "weeks" : "days", periods(version.periods()));
    return fields;
  }

  private static Map<String, Object> figures(Contract contract, Evaluation evaluation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rows", evaluation.getRows());
    fields.put("mean_auroc", evaluation.getMeanAuroc());
    for (int c = 0; c < evaluation.getAurocCount(); c++) {
      fields.put("auroc." + contract.classes().get(c), evaluation.getAuroc(c));
    }
    fields.put("auroc_readmitted", evaluation.getAurocReadmitted());
    fields.put("calibration_error", evaluation.getCalibrationError());
    fields.put("log_loss", evaluation.getLogLoss());
    fields.put("accuracy", evaluation.getAccuracy());
    Map<String, Object> intervals = new LinkedHashMap<>();
    evaluation.getIntervalsMap().entrySet().stream()
        .filter(interval -> fields.containsKey(interval.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            interval ->
                intervals.put(
                    interval.getKey(),
                    List.of(interval.getValue().getLow(), interval.getValue().getHigh())));
    fields.put("intervals", intervals);
    return fields;
  }

  private static Map<String, Object> drift(InputDrift drift) {
    Map<String, Object> columns = new LinkedHashMap<>();
    drift.columns().forEach(column -> columns.put(column.column(), column.psi()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("rows", drift.rows());
    fields.put("reference_rows", drift.referenceRows());
    fields.put("mean_psi", drift.mean());
    fields.put("psi", columns);
    return fields;
  }

  private static List<Map<String, Object>> periods(List<Period> periods) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Period period : periods) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("from", period.from());
      fields.put("predictions", period.served());
      fields.put("outcomes", period.judged());
      fields.put("predicted_share", orNull(period.judgedRisk()));
      fields.put("urgent_outcomes", period.urgent());
      all.add(fields);
    }
    return all;
  }

  private static java.util.Optional<Double> orNull(double value) {
    return Double.isNaN(value) ? java.util.Optional.empty() : java.util.Optional.of(value);
  }
}
