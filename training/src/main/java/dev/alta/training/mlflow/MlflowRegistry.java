package dev.alta.training.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alta.proto.v1.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The model registry of an MLflow server: its versions carry the number that Alta gave. */
final class MlflowRegistry {
  private static final String VERSION = "alta.version";

  private final MlflowClient client;
  private final String model;

  MlflowRegistry(MlflowClient client, String model) {
    this.client = client;
    this.model = model;
  }

  /** Registers a version, once. Gives MLflow's number. */
  String register(Manifest manifest, String runId, String source) {
    createModel();
    Optional<String> there = version(Integer.parseInt(manifest.getVersion()), runId);
    if (there.isPresent()) {
      return there.get();
    }
    ObjectNode version =
        MlflowClient.object()
            .put("name", model)
            .put("source", source)
            .put("run_id", runId)
            .put("description", "Version " + manifest.getVersion() + ", " + manifest.getRun());
    RunEntries.keysAndValues(RunEntries.tags(manifest)).forEach(version.withArray("tags")::add);
    return client
        .post("model-versions/create", version)
        .path("model_version")
        .path("version")
        .asText();
  }

  /** Points the aliases where they point in Alta; one that points nowhere there is taken away. */
  void point(Map<String, OptionalInt> aliases) {
    aliases.forEach(
        (alias, version) -> {
          Optional<String> target =
              version.isPresent() ? version(version.getAsInt(), "") : Optional.empty();
          ObjectNode body = MlflowClient.object().put("name", model).put("alias", alias);
          if (target.isPresent()) {
            client.post("registered-models/alias", body.put("version", target.get()));
          } else {
            client.delete("registered-models/alias", body);
          }
        });
  }

  private void createModel() {
    try {
      client.post("registered-models/create", MlflowClient.object().put("name", model));
    } catch (MlflowException refused) {
      if (!refused.code().equals("RESOURCE_ALREADY_EXISTS")) {
        throw refused;
      }
    }
  }

  /** MLflow's latest version with Alta's number; of one run, where one is given. */
  private Optional<String> version(int number, String runId) {
    String filter = "name='" + model + "' and tags.`" + VERSION + "`='" + number + "'";
    JsonNode found =
        client.get(
            "model-versions/search",
            Map.of("filter", runId.isEmpty() ? filter : filter + " and run_id='" + runId + "'"));
    String latest = "";
    for (JsonNode version : found.path("model_versions")) {
      String text = version.path("version").asText();
      if (latest.isEmpty() || Integer.parseInt(text) > Integer.parseInt(latest)) {
        latest = text;
      }
    }
    return latest.isEmpty() ? Optional.empty() : Optional.of(latest);
  }
}
