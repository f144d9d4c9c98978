package dev.alta.app.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.app.command.Said;
import dev.alta.app.data.SyntheticFile;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.pipelines.PipelineException;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.scorer.ScorerSettings;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on a few thousand generated rows, every part real. */
class MainJobIT {
  private static final int ROWS = 6_000;
  private static final String ENCOUNTER =
      TypicalEncounter.of(Contract.of(Encounter.getDescriptor()));

  @TempDir private Path folder;
  private final StringWriter screen = new StringWriter();
  private final HttpClient http = HttpClient.newHttpClient();

  private UpSettings settings(Path home) {
    return new UpSettings(
        StorageSettings.in(home),
        Optional.empty(),
        0.01,
        ROWS,
        1,
        GatewaySettings.of(Listen.onLoopback(0)),
        ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0)));
  }

  private static UpSettings withData(UpSettings settings, Path file) {
    return new UpSettings(
        settings.storage(),
        Optional.of(file.toString()),
        settings.maxRejects(),
        settings.syntheticRows(),
        settings.seed(),
        settings.gateway(),
        settings.scorer());
  }

  private Up start(UpSettings settings) throws Exception {
    return Up.start(settings, new Terminal(new PrintWriter(screen, true), false, System::nanoTime));
  }

  @Test
  void goesFromRowsToAPredictionAndGoesOnWhereItWasOnASecondStart() throws Exception {
    Path home = folder.resolve("home");
    try (Up up = start(settings(home))) {
      assertThat(screen.toString())
          .contains("synthetic; they describe no real person")
          .contains("6,000 rows read = 6,000 accepted + 0 rejected + 0 duplicates")
          .contains("Alta is ready");
      assertAnswersOverHttp(up);
      assertAnswersOverGrpc(up);
      assertThatThrownBy(() -> start(settings(home)))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
    }
    assertThat(home.resolve("postgres/data/postmaster.pid"))
        .as("PostgreSQL has stopped")
        .doesNotExist();
    assertShowsWhatLeaksWouldHaveClaimed(home);
    assertWritesTheCardOfTheChampion(home);

    screen.getBuffer().setLength(0);
    try (Up up = start(settings(home))) {
      assertThat(screen.toString()).contains("; unchanged").doesNotContain("ingest", "train …");
      assertThat(post(up, "/predict", ENCOUNTER).body())
          .containsPattern("\"model_version\":\"[12]\"");
    }
    assertRefusesToMixRealAndSynthetic(home);
  }

  private void assertAnswersOverHttp(Up up) throws Exception {
    var answer = post(up, "/predict", ENCOUNTER);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"prediction\":", "\"probabilities\":{\"NO\":", "\"risk\":")
        .contains("\"model_alias\":\"champion\"")
        .containsPattern("\"model_version\":\"[12]\"");
    var refused = post(up, "/predict", ENCOUNTER.replace("\"age\"", "\"agee\""));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"field\":\"age\"", "\"field\":\"agee\"");
    assertThat(get(up, "/ready")).contains("ready");
    assertThat(get(up, "/metrics")).contains("predict_requests_total{");
    assertThat(get(up, "/model-info")).contains("\"trees\":");
  }

  private static void assertAnswersOverGrpc(Up up) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", up.serving().grpcPort()).usePlaintext().build();
    try {
      Encounter.Builder encounter = Encounter.newBuilder();
      com.google.protobuf.util.JsonFormat.parser().merge(ENCOUNTER, encounter);
      PredictResponse answer =
          ReadmissionServiceGrpc.newBlockingStub(channel)
              .predict(
                  PredictRequest.newBuilder().setEncounter(encounter).setRequestId("a").build());
      assertThat(answer.getRequestId()).isEqualTo("a");
      assertThat(answer.getProbabilitiesMap().values().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6));
    } finally {
      channel.shutdownNow();
    }
  }

  private void assertShowsWhatLeaksWouldHaveClaimed(Path home) {
    Path page = folder.resolve("leakage.html");
    String said =
        run("report", "leakage", "--home", home.toString(), "--out", page.toString(), "--json");
    assertThat(said)
        .startsWith("[{\"name\":\"split by patient\",\"honest\":true,")
        .contains("\"name\":\"oversampled, then split\",\"honest\":false,", "\"auroc\":{\"NO\":");
    assertThat(page).content().contains("Leakage: what other ways to evaluate would have claimed");
  }

  private void assertWritesTheCardOfTheChampion(Path home) throws IOException {
    Path card = folder.resolve("card.html");
    run("report", "model", "champion", "--home", home.toString(), "--out", card.toString());
    assertThat(card).content().contains("Model card", "<svg", "logistic regression");
    assertThat(Files.size(card)).isLessThan(2_000_000);
  }

  private String run(String... arguments) {
    Said said = Said.by(folder, arguments);
    assertThat(said.code()).as(said.err()).isZero();
    return said.out();
  }

  private void assertRefusesToMixRealAndSynthetic(Path home) throws IOException {
    Path file = folder.resolve("real.csv");
    SyntheticFile.write(file, 10, 2);
    assertThatThrownBy(() -> start(withData(settings(home), file)))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("what is there are synthetic encounters");
  }

  private java.net.http.HttpResponse<String> post(Up up, String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(up.serving().url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String get(Up up, String path) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create(up.serving().url() + path)).build(),
            BodyHandlers.ofString())
        .body();
  }

  @Test
  void leavesNothingBehindWhereTheFileIsNotOne() throws IOException {
    Path home = folder.resolve("never");
    Path file = folder.resolve("notes.txt");
    Files.writeString(file, "dear diary\n");
    assertThatThrownBy(() -> start(withData(settings(home), file)))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("notes.txt")
        .hasMessageContaining("expected: a CSV file");
    assertThat(home).doesNotExist();
  }

  @Test
  void leavesNothingBehindWhereAPortIsTaken() throws IOException {
    Path home = folder.resolve("never");
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      UpSettings free = settings(home);
      UpSettings taken =
          new UpSettings(
              free.storage(),
              free.data(),
              free.maxRejects(),
              free.syntheticRows(),
              free.seed(),
              GatewaySettings.of(Listen.onLoopback(other.getLocalPort())),
              free.scorer());
      assertThatThrownBy(() -> start(taken))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("HTTP port " + other.getLocalPort());
    }
    assertThat(home).doesNotExist();
  }

  @Test
  void refusesAFolderThatCannotBeMade() throws IOException {
    Path file = folder.resolve("a-file");
    Files.writeString(file, "");
    assertThatThrownBy(() -> start(settings(file.resolve("home"))))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("expected: a folder that can be written");
  }
}
