package dev.alta.training.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.proto.v1.Trial;
import dev.alta.proto.v1.TrialState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is logged of a version's run, in MLflow's words. */
final class RunEntries {
  private static final int MOST_IN_A_CALL = 100;
  private static final int LONGEST_PARAMETER = 6_000;

  private RunEntries() {}

  /** By what a run is found again, and what people filter by. */
  static Map<String, String> tags(Manifest manifest) {
    Map<String, String> tags = new TreeMap<>();
    tags.put("alta.model", manifest.getName());
    tags.put("alta.version", manifest.getVersion());
    tags.put("alta.run", manifest.getRun());
    tags.put("alta.code_version", manifest.getProvenance().getCodeVersion());
    tags.put("alta.data_sha256", manifest.getProvenance().getDataSha256());
    tags.put("alta.data_generation", Long.toString(manifest.getProvenance().getDataGeneration()));
    tags.put("alta.trainer", manifest.getProvenance().getTrainer());
    manifest
        .getObjectsList()
        .forEach(object -> tags.put("alta.sha256." + object.getName(), object.getSha256()));
    tags.values().removeIf(String::isEmpty);
    return tags;
  }

  static Map<String, String> parameters(Manifest manifest) {
    Map<String, String> parameters = new TreeMap<>();
    manifest
        .getProvenance()
        .getSettingsMap()
        .forEach((name, value) -> parameters.put(RunFigures.name(name), cut(value)));
    parameters.put("seed", Long.toString(manifest.getProvenance().getSeed()));
    return parameters;
  }

  /** Bodies of log-batch, none longer than MLflow takes. */
  static List<JsonNode> batches(
      String runId, Map<String, String> parameters, List<JsonNode> metrics) {
    List<JsonNode> calls = new ArrayList<>();
    List<JsonNode> params = keysAndValues(parameters);
    for (int from = 0; from < params.size(); from += MOST_IN_A_CALL) {
      calls.add(batch(runId, "params", params, from));
    }
    for (int from = 0; from < metrics.size(); from += MOST_IN_A_CALL) {
      calls.add(batch(runId, "metrics", metrics, from));
    }
    return calls;
  }

  static List<JsonNode> metrics(Map<String, Double> figures, Instant at) {
    List<JsonNode> metrics = new ArrayList<>();
    figures.forEach((name, value) -> metrics.add(metric(name, value, at, 0)));
    return metrics;
  }

  /** The objective of each trial that was grown to its end, and the best so far, by trial. */
  static List<JsonNode> metrics(SearchRecord search, Instant at) {
    List<JsonNode> metrics = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    for (Trial trial : search.getTrialsList()) {
      if (trial.getState() == TrialState.COMPLETE) {
        best = Math.max(best, trial.getValue());
        String prefix = "search/" + RunFigures.name(search.getObjective());
        metrics.add(metric(prefix, trial.getValue(), at, trial.getNumber()));
        metrics.add(metric(prefix + ".best", best, at, trial.getNumber()));
      }
    }
    return metrics;
  }

  static List<JsonNode> keysAndValues(Map<String, String> entries) {
    List<JsonNode> list = new ArrayList<>();
    entries.forEach(
        (key, value) -> list.add(MlflowClient.object().put("key", key).put("value", value)));
    return list;
  }

  private static JsonNode metric(String name, double value, Instant at, long step) {
    return MlflowClient.object()
        .put("key", name)
        .put("value", value)
        .put("timestamp", at.toEpochMilli())
        .put("step", step);
  }

  private static JsonNode batch(String runId, String what, List<JsonNode> all, int from) {
    ArrayNode part = MlflowClient.object().withArray(what);
    all.subList(from, Math.min(all.size(), from + MOST_IN_A_CALL)).forEach(part::add);
    return MlflowClient.object().put("run_id", runId).set(what, part);
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_PARAMETER ? value : value.substring(0, LONGEST_PARAMETER);
  }
}
