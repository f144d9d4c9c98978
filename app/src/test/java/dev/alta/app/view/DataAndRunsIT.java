package dev.alta.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.JsonFormat;
import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.model.Models;
import dev.alta.app.page.BrowserAndAlta;
import dev.alta.app.up.RunningAlta;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.model.registry.ObjectStore;
import dev.alta.proto.v1.BatchSheet;
import dev.alta.proto.v1.DriftSheet;
import dev.alta.proto.v1.DriftedBin;
import dev.alta.proto.v1.DriftedColumn;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PipelineSheet;
import dev.alta.proto.v1.ProfileSheet;
import dev.alta.proto.v1.RejectSheet;
import dev.alta.proto.v1.Role;
import dev.alta.proto.v1.RunSheet;
import dev.alta.proto.v1.SideSheet;
import dev.alta.proto.v1.SplitSheet;
import dev.alta.proto.v1.WorkflowSheet;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the gateway tells of data and runs, on a few thousand generated rows; every part real. */
@ExtendWith(BrowserAndAlta.class)
final class DataAndRunsIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String ENCOUNTER = TypicalEncounter.of(CONTRACT);
  private static final int ROWS = RunningAlta.ROWS;
  private static final int BAD = RunningAlta.BAD_ROWS.size();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static RunningAlta alta;

  @BeforeAll
  static void start(RunningAlta running) {
    alta = running;
  }

  @Test
  void tellsHowEachColumnIsDistributed() throws Exception {
    ProfileSheet sheet = read("/data/profile", ProfileSheet.newBuilder()).build();

    assertThat(sheet.getGeneration()).isEqualTo(1);
    List<String> names = sheet.getColumnsList().stream().map(column -> column.getName()).toList();
    assertThat(names)
        .contains(CONTRACT.target().name())
        .containsSubsequence(
            CONTRACT.columns().stream().map(Column::name).filter(names::contains).toList())
        .hasSizeGreaterThan(40);
    assertThat(sheet.getColumnsList())
        .allSatisfy(
            column -> {
              assertThat(column.getLabel()).isNotEmpty();
              assertThat(column.getMissingShare()).isBetween(0.0, 1.0);
              boolean identifies = column.getKind() == Role.KEY || column.getKind() == Role.PATIENT;
              assertThat(column.getValuesCount() > 0 || column.hasNumber())
                  .as(column.getName())
                  .isEqualTo(!identifies);
            });
  }

  @Test
  void comparesWhatWasAskedWithWhatTheChampionWasMadeFrom() throws Exception {
    int asked = 40;
    for (int i = 0; i < asked; i++) {
      assertThat(post("/predict", ENCOUNTER).statusCode()).isEqualTo(200);
    }

    DriftSheet sheet = awaitAnswers(asked);

    assertThat(sheet.getModelVersion()).isIn("1", "2");
    assertThat(sheet.getScore().getRows()).isBetween((long) asked, sheet.getRows());
    assertThat(sheet.getReferenceRows()).isGreaterThan(1_000);
    assertThat(Instant.parse(sheet.getSince())).isBeforeOrEqualTo(Instant.parse(sheet.getUntil()));
    DriftedColumn first = sheet.getColumns(0);
    assertThat(first.getPsi()).isGreaterThanOrEqualTo(sheet.getColumns(1).getPsi());
    assertThat(first.getBinsList().stream().mapToDouble(DriftedBin::getShare).sum())
        .isCloseTo(1, within(1e-9));
    assertThat(first.getBinsList().stream().mapToDouble(DriftedBin::getReferenceShare).sum())
        .isCloseTo(1, within(1e-9));
  }

  /** Answers reach the log within a second or so; what was read is told for five seconds. */
  private static DriftSheet awaitAnswers(int answers) throws Exception {
    long start = System.nanoTime();
    DriftSheet sheet;
    do {
      sheet = read("/data/drift", DriftSheet.newBuilder()).build();
    } while (sheet.getRows() < answers
        && System.nanoTime() - start < Duration.ofMinutes(1).toNanos());
    assertThat(sheet.getRows()).isGreaterThanOrEqualTo(answers);
    return sheet;
  }

  @Test
  void showsTheLedger() throws Exception {
    BatchSheet sheet = read("/data/batches/", BatchSheet.newBuilder()).build();

    assertThat(sheet.getRowsTotal()).isEqualTo(ROWS);
    assertThat(sheet.getRejectedTotal()).isEqualTo(BAD);
    assertThat(sheet.getAcceptedTotal()).isEqualTo(ROWS - BAD);
    assertThat(sheet.getBatchesCount()).isEqualTo((int) sheet.getBatchesTotal());
    assertThat(sheet.hasNext()).isFalse();
    assertThat(sheet.getBatches(0).getSource()).endsWith("encounters.csv");
    long before = sheet.getBatches(0).getBatch();
    assertThat(
            read("/data/batches?before=" + before, BatchSheet.newBuilder())
                .build()
                .getBatchesList())
        .isEqualTo(sheet.getBatchesList().subList(1, sheet.getBatchesCount()));
  }

  @Test
  void showsRejectedRowsAPageAtATimeWithTheirReasons() throws Exception {
    RejectSheet first = read("/data/rejects?limit=2", RejectSheet.newBuilder()).build();
    RejectSheet rest =
        read("/data/rejects?limit=2&before=" + first.getNext(), RejectSheet.newBuilder()).build();

    assertThat(first.getRejectsList())
        .extracting(reject -> reject.getLine())
        .containsExactly(301L, 201L);
    assertThat(rest.getRejectsList()).extracting(reject -> reject.getLine()).containsExactly(101L);
    assertThat(rest.hasNext()).isFalse();
    assertThat(first.getRejects(0).getViolations(0).getField()).isEqualTo("gender");
    assertThat(first.getRejects(0).getViolations(0).getValue()).isEqualTo("Both");
    assertThat(first.getWithText()).as("on the loopback address").isTrue();
    assertThat(first.getRejects(0).getText()).contains(",Both,");
    assertThat(first.getCauses(0).getRows()).isEqualTo(BAD);
  }

  @Test
  void tellsWhatTheSplitsCertificateSays() throws Exception {
    SplitSheet sheet = read("/data/split", SplitSheet.newBuilder()).build();

    assertThat(sheet.getSidesList())
        .extracting(SideSheet::getSide)
        .containsExactly("train", "validation", "test");
    assertThat(sheet.getSidesList().stream().mapToLong(SideSheet::getRows).sum())
        .isEqualTo(sheet.getRowsKept());
    assertThat(sheet.getRowsRead()).isEqualTo(ROWS - BAD);
    assertThat(sheet.getSides(0).getClassesList())
        .extracting(count -> count.getValue())
        .isEqualTo(CONTRACT.classes());
    assertThat(sheet.getSplitSha256()).matches("[0-9a-f]{64}");
    assertThat(sheet.getLargestDeviation()).isLessThan(1.5);
  }

  @Test
  void showsRunsAndWorkflowsWithTheirStepsAndLog() throws Exception {
    long workflow = alta.leaveAWorkflow();

    RunSheet runs = read("/runs/", RunSheet.newBuilder()).build();
    WorkflowSheet sheet = read("/runs/" + workflow, WorkflowSheet.newBuilder()).build();

    assertThat(runs.getRunsList())
        .filteredOn(run -> run.getState().equals("DONE"))
        .extracting(PipelineSheet::getKind)
        .contains("ingest", "prepare");
    assertThat(runs.getWorkflowsList()).extracting(WorkflowSheet::getWorkflow).contains(workflow);
    assertThat(sheet.getState()).isEqualTo("DONE");
    assertThat(sheet.getStepsList())
        .extracting(step -> step.getState())
        .containsExactly("DONE", "SKIPPED");
    assertThat(sheet.getLogList())
        .extracting(line -> line.getWords())
        .containsExactly("one", "two");
    assertThat(get("/runs/" + (workflow + 1)).statusCode()).isEqualTo(404);
    assertThat(read("/runs?before_workflow=0&before_run=0", RunSheet.newBuilder()).build())
        .isEqualTo(RunSheet.getDefaultInstance());
  }

  @Test
  void exportsHowThePipelinesStand() throws Exception {
    String metrics = get("/metrics").body();

    assertThat(metrics)
        .contains("database_up 1.0")
        .contains("pipeline_runs{kind=\"ingest\",state=\"DONE\"} 1.0")
        .contains("pipeline_last_failure_timestamp_seconds{kind=\"prepare\"} 0.0")
        .contains("ledger_rows{outcome=\"accepted\"} " + (double) (ROWS - BAD))
        .contains("ledger_batches_beyond_watermark 0.0")
        .containsPattern("pipeline_last_success_timestamp_seconds\\{kind=\"ingest\"} 1\\.[0-9]+E9")
        .containsPattern("clean_data_rows\\{dataset=\"train\"} [1-9]")
        .containsPattern("process_start_time_seconds 1\\.[0-9]+E9");
  }

  @Test
  void saysWithinSecondsThatTheDatabaseIsAway() throws Exception {
    DatabaseSettings nowhere =
        new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/alta", "alta", "");
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", alta.grpcPort()).usePlaintext().build();
    try (Parts parts = new Parts();
        Database looking = Database.look(nowhere, CONTRACT)) {
      Storage storage = Storage.reach(alta.storage(), parts);
      try (Gateway gateway =
          Gateway.start(
              GatewaySettings.of(Listen.onLoopback(0)),
              channel,
              Optional.of(
                  new StoredDataAndRuns(
                      CONTRACT,
                      looking,
                      () -> Models.in(ObjectStore.open(storage.store())),
                      System::nanoTime)),
              new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
              CONTRACT)) {
        for (String path : List.of("/data/profile", "/data/drift", "/data/batches", "/runs")) {
          HttpResponse<String> answer =
              send(HttpRequest.newBuilder(URI.create(gateway.url() + path)));
          assertThat(answer.statusCode()).as(path).isEqualTo(503);
          assertThat(answer.body())
              .contains("the database gave no answer")
              .doesNotContain("127.0.0.1", "Exception");
        }
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private static <B extends com.google.protobuf.Message.Builder> B read(String path, B into)
      throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonFormat.parser().merge(answer.body(), into);
    return into;
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(alta.url() + path)));
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(alta.url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
  }
}
