package dev.alta.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Publication;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Interval;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.proto.v1.Trial;
import dev.alta.proto.v1.TrialState;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records in a real MLflow and reads back what its REST API and its pages show. Needs {@code
 * -Dalta.mlflow=…}, the path of an mlflow executable, as CI gives one.
 */
final class MlflowRecorderIT {
  private static final String MLFLOW = System.getProperty("alta.mlflow", "");
  private static final String API = "/api/2.0/mlflow/";
  private static final List<String> CLASSES = List.of("NO", ">30", "<30");
  private static final String CARD = "<html>Version 1 ± π</html>";

  @TempDir Path folder;

  @Test
  void recordsVersionsWithAllThatBelongsToThem() throws Exception {
    assumeTrue(!MLFLOW.isEmpty(), "needs -Dalta.mlflow, the path of an mlflow executable");
    S3Endpoint endpoint = S3Endpoint.start(folder.resolve("store"));
    try (MlflowServer server = MlflowServer.start(MLFLOW, folder);
        ObjectStore store =
            ObjectStore.open(
                new StoreSettings(
                    endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models"))) {
      Registry registry = new Registry(store, "readmission", Clock.systemUTC());
      MlflowRecorder recorder = new MlflowRecorder(MlflowSettings.of(server.url() + "/"), CLASSES);
      MlflowOutcome.Recorded first = record(recorder, publish(registry, 0.66));
      showsTheRun(server, first);
      recordsOnce(recorder, registry, first);
      MlflowOutcome.Recorded second = record(recorder, publish(registry, 0.67));
      assertThat(second.modelVersion()).isEqualTo("2");
      pointsAliases(server, recorder, registry, second);
    } finally {
      endpoint.close();
    }
  }

  private static void showsTheRun(MlflowServer server, MlflowOutcome.Recorded recorded)
      throws Exception {
    JsonNode run = server.get(API + "runs/get?run_id=" + recorded.runId()).path("run");
    assertThat(run.path("info").path("status").asText()).isEqualTo("FINISHED");
    assertThat(run.path("info").path("run_name").asText()).isEqualTo("readmission 1");
    assertThat(entries(run, "params")).containsEntry("max_depth", "6").containsEntry("seed", "7");
    assertThat(entries(run, "tags"))
        .containsEntry("alta.version", "1")
        .containsEntry("alta.run", "train_model_auroc")
        .containsEntry("alta.data_sha256", "abc")
        .containsKey("alta.sha256.model.pb");
    assertThat(entries(run, "metrics"))
        .containsEntry("test/mean_auroc", "0.66")
        .containsEntry("test/mean_auroc.low", "0.65")
        .containsEntry("test/mean_auroc.high", "0.675")
        .containsEntry("test/auroc.lt30", "0.64")
        .containsEntry("test/auroc.gt30.high", "0.69")
        .containsEntry("validation/accuracy", "0.58")
        .containsEntry("baseline/mean_auroc", "0.6")
        .doesNotContainKey("test/auroc.NO");
    JsonNode curve =
        server.get(
            API
                + "metrics/get-history?run_id="
                + recorded.runId()
                + "&metric_key=search%2Fmean_auroc.best");
    assertThat(curve.path("metrics")).hasSize(2);
    // Where the page gets what it shows.
    assertThat(server.text("/get-artifact?path=card.html&run_uuid=" + recorded.runId()).body())
        .isEqualTo(CARD);
    assertThat(recorded.page()).startsWith(server.url() + "/#/experiments/");
    assertThat(server.text("/").statusCode()).isEqualTo(200);
  }

  private static void recordsOnce(
      MlflowRecorder recorder, Registry registry, MlflowOutcome.Recorded first) {
    assertThat(record(recorder, registry.manifest(1).orElseThrow())).isEqualTo(first);
  }

  private static void pointsAliases(
      MlflowServer server,
      MlflowRecorder recorder,
      Registry registry,
      MlflowOutcome.Recorded recorded)
      throws Exception {
    decide(registry, DecisionKind.PROMOTED, 1);
    decide(registry, DecisionKind.NOT_PROMOTED, 2);
    assertThat(recorder.pointAliases("readmission", registry.history())).isEmpty();
    assertThat(aliases(server)).isEqualTo(Map.of("champion", "1", "challenger", "2"));
    decide(registry, DecisionKind.PROMOTED, 2);
    assertThat(recorder.pointAliases("readmission", registry.history())).isEmpty();
    assertThat(aliases(server)).isEqualTo(Map.of("champion", "2", "previous", "1"));
    JsonNode champion =
        server
            .get(API + "registered-models/alias?name=readmission&alias=champion")
            .path("model_version");
    assertThat(champion.path("run_id").asText()).isEqualTo(recorded.runId());
    assertThat(champion.path("status").asText()).isEqualTo("READY");
    assertThat(champion.path("source").asText()).contains(recorded.runId());
  }

  private static MlflowOutcome.Recorded record(MlflowRecorder recorder, Manifest manifest) {
    MlflowOutcome outcome =
        recorder.record(
            manifest,
            List.of(search()),
            Map.of(
                "card.html", ByteString.copyFromUtf8(CARD),
                "figures.json", ByteString.copyFromUtf8("{}")));
    assertThat(outcome).as(outcome.words()).isInstanceOf(MlflowOutcome.Recorded.class);
    return (MlflowOutcome.Recorded) outcome;
  }

  private static Manifest publish(Registry registry, double meanAuroc) {
    Provenance.Builder from =
        Provenance.newBuilder().setSeed(7).setDataSha256("abc").setTrainingSeconds(12.5);
    // More than MLflow takes in one call.
    for (int i = 0; i < 150; i++) {
      from.putSettings("setting_" + i, Integer.toString(i));
    }
    return registry.publish(
        Publication.of(
            Model.newBuilder().setName("readmission").setContract("c" + meanAuroc).build(),
            ByteString.copyFromUtf8("{}"),
            Manifest.newBuilder()
                .setRun("train_model_auroc")
                .setProvenance(from.putSettings("max_depth", "6"))
                .setValidation(Evaluation.newBuilder().setAccuracy(0.58))
                .setTest(
                    Evaluation.newBuilder()
                        .setMeanAuroc(meanAuroc)
                        .addAllAuroc(List.of(Double.NaN, 0.67, 0.64))
                        .putIntervals("mean_auroc", interval(0.65, 0.675))
                        .putIntervals("auroc.>30", interval(0.66, 0.69)))
                .setBaseline(Evaluation.newBuilder().setMeanAuroc(0.6))
                .build()));
  }

  private static SearchRecord search() {
    return SearchRecord.newBuilder()
        .setObjective("mean_auroc")
        .addTrials(Trial.newBuilder().setNumber(1).setState(TrialState.COMPLETE).setValue(0.65))
        .addTrials(Trial.newBuilder().setNumber(2).setState(TrialState.STOPPED_EARLY))
        .addTrials(Trial.newBuilder().setNumber(3).setState(TrialState.COMPLETE).setValue(0.64))
        .build();
  }

  private static Interval interval(double low, double high) {
    return Interval.newBuilder().setLow(low).setHigh(high).build();
  }

  private static void decide(Registry registry, DecisionKind kind, int version) {
    registry.decide(
        registry.history(),
        Decision.newBuilder()
            .setKind(kind)
            .setVersion(Integer.toString(version))
            .setWho("test")
            .setReason("test")
            .build());
  }

  private static Map<String, String> aliases(MlflowServer server) throws Exception {
    Map<String, String> aliases = new LinkedHashMap<>();
    server
        .get(API + "registered-models/get?name=" + "readmission")
        .path("registered_model")
        .path("aliases")
        .forEach(
            alias -> aliases.put(alias.path("alias").asText(), alias.path("version").asText()));
    return aliases;
  }

  private static Map<String, String> entries(JsonNode run, String what) {
    Map<String, String> entries = new LinkedHashMap<>();
    run.path("data")
        .path(what)
        .forEach(entry -> entries.put(entry.path("key").asText(), entry.path("value").asText()));
    return entries;
  }
}
