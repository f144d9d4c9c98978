package dev.alta.training.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.History;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.SearchRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records versions in MLflow: one run for each, with parameters, figures, tags and attachments, and
 * a model version in MLflow's registry. Recording one again changes nothing. What fails is said in
 * the outcome and harms nothing here.
 */
public final class MlflowRecorder {
  private static final Logger log = LoggerFactory.getLogger(MlflowRecorder.class);
  private static final String ARTIFACTS = "mlflow-artifacts:/";

  private final MlflowSettings settings;
  private final MlflowClient client;
  private final List<String> classes;

  /**
   * Connects at the first call.
   *
   * @param classes of the models, from the least to the most urgent
   */
  public MlflowRecorder(MlflowSettings settings, List<String> classes) {
    this.settings = settings;
    this.client = new MlflowClient(settings);
    this.classes = List.copyOf(classes);
  }

  /**
   * Records a version.
   *
   * @param searches by which its settings were found
   * @param attachments to be seen beside the run, by name: {@code card.html}
   */
  public MlflowOutcome record(
      Manifest manifest, List<SearchRecord> searches, Map<String, ByteString> attachments) {
    MlflowOutcome outcome;
    try {
      outcome = recorded(manifest, searches, attachments);
    } catch (MlflowException failed) {
      outcome = new MlflowOutcome.NotRecorded(String.valueOf(failed.getMessage()));
    }
    log.info("model {} version {}: {}", manifest.getName(), manifest.getVersion(), outcome.words());
    return outcome;
  }

  /**
   * Points MLflow's aliases where Alta's point; those of versions that were never recorded are
   * taken away.
   *
   * @return in one line why it did not; empty where it did
   */
  public Optional<String> pointAliases(String model, History history) {
    Map<String, OptionalInt> aliases = new TreeMap<>();
    for (String name : List.of(Alias.CHAMPION, Alias.CHALLENGER, Alias.PREVIOUS)) {
      aliases.put(name, history.version(name));
    }
    try {
      new MlflowRegistry(client, model).point(aliases);
      return Optional.empty();
    } catch (MlflowException failed) {
      log.warn("model {}: aliases not set in MLflow: {}", model, failed.getMessage());
      return Optional.ofNullable(failed.getMessage());
    }
  }

  private MlflowOutcome.Recorded recorded(
      Manifest manifest, List<SearchRecord> searches, Map<String, ByteString> attachments) {
    String experiment = experiment();
    JsonNode run = run(experiment, manifest);
    String runId = run.path("info").path("run_id").asText();
    String folder = run.path("info").path("artifact_uri").asText();
    if (!run.path("info").path("status").asText().equals("FINISHED")) {
      logFigures(manifest, searches, runId);
      upload(folder, attachments);
      client.post(
          "runs/update",
          MlflowClient.object()
              .put("run_id", runId)
              .put("status", "FINISHED")
              .put("end_time", created(manifest).toEpochMilli()));
    }
    String version =
        new MlflowRegistry(client, manifest.getName()).register(manifest, runId, folder);
    String page = settings.url() + "/#/experiments/" + experiment + "/runs/" + runId;
    return new MlflowOutcome.Recorded(runId, page, version);
  }

  private String experiment() {
    try {
      return client
          .post("experiments/create", MlflowClient.object().put("name", settings.experiment()))
          .path("experiment_id")
          .asText();
    } catch (MlflowException refused) {
      if (!refused.code().equals("RESOURCE_ALREADY_EXISTS")) {
        throw refused;
      }
      return client
          .get("experiments/get-by-name", Map.of("experiment_name", settings.experiment()))
          .path("experiment")
          .path("experiment_id")
          .asText();
    }
  }

  /** The version's run: one that an earlier attempt began, or a new one. */
  private JsonNode run(String experiment, Manifest manifest) {
    Map<String, String> tags = RunEntries.tags(manifest);
    ObjectNode search =
        MlflowClient.object()
            .put(
                "filter",
                "tags.`alta.version`='%s' and tags.`alta.sha256.model.pb`='%s'"
                    .formatted(manifest.getVersion(), tags.get("alta.sha256.model.pb")));
    search.withArray("experiment_ids").add(experiment);
    JsonNode found = client.post("runs/search", search).path("runs");
    if (!found.isEmpty()) {
      return found.get(0);
    }
    Duration training =
        Duration.ofMillis(Math.round(manifest.getProvenance().getTrainingSeconds() * 1_000));
    ObjectNode create =
        MlflowClient.object()
            .put("experiment_id", experiment)
            .put("run_name", manifest.getName() + " " + manifest.getVersion())
            .put("start_time", created(manifest).minus(training).toEpochMilli());
    RunEntries.keysAndValues(tags).forEach(create.withArray("tags")::add);
    return client.post("runs/create", create).path("run");
  }

  private void logFigures(Manifest manifest, List<SearchRecord> searches, String runId) {
    Instant at = created(manifest);
    List<JsonNode> metrics =
        new ArrayList<>(RunEntries.metrics(RunFigures.of(manifest, classes), at));
    searches.forEach(search -> metrics.addAll(RunEntries.metrics(search, at)));
    RunEntries.batches(runId, RunEntries.parameters(manifest), metrics)
        .forEach(batch -> client.post("runs/log-batch", batch));
  }

  private void upload(String folder, Map<String, ByteString> attachments) {
    if (!folder.startsWith(ARTIFACTS)) {
      throw new MlflowException(
          "",
          "MLflow "
              + settings.url()
              + ": artifacts at "
              + folder
              + " (expected: a server that takes them, as mlflow server does by default)");
    }
    String path = folder.substring(ARTIFACTS.length()).replaceAll("^/+", "");
    new TreeMap<>(attachments)
        .forEach((name, bytes) -> client.putArtifact(path + "/" + name, bytes));
  }

  private static Instant created(Manifest manifest) {
    return Instant.parse(manifest.getCreatedAt());
  }
}
