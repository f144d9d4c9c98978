package dev.alta.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.core.progress.Progress;
import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.Prepare;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.pipelines.score.Score;
import dev.alta.pipelines.score.ScoreResult;
import dev.alta.pipelines.score.ScoreSettings;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.flink.FlinkCluster;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a real Flink cluster, with a real database and an S3 endpoint. Runs where {@code
 * -Dalta.cluster=true} asks for it, as CI does: it takes about two minutes.
 */
class FlinkClusterIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final Path JAR = Path.of("target", "alta-jobs.jar");
  private static final int ROWS = 10_000;
  private static final int BATCH_ROWS = 1_000;
  // So many that there is a middle of the run to hit.
  private static final int SMALL_BATCH_ROWS = 100;
  private static final int SMALL_BATCHES = ROWS / SMALL_BATCH_ROWS;
  private static final String DATA = "s3://alta/encounters.csv";

  @TempDir private static Path folder;
  private static PostgresServer postgres;
  private static S3Endpoint endpoint;
  private static StoreSettings store;
  private static FlinkCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        Boolean.getBoolean("alta.cluster"),
        "needs -Dalta.cluster=true, since a cluster of three JVMs takes two minutes");
    postgres = PostgresServer.start(PostgresSettings.in(folder.resolve("postgres")).notDurable());
    endpoint = S3Endpoint.start(folder.resolve("objects"));
    store = new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "alta");
    EncounterModel.publishChampion(store, CONTRACT, rows(500));
    byte[] csv = encounters();
    Place.of(DATA, Optional.of(store)).write(new ByteArrayInputStream(csv));
    Files.write(folder.resolve("encounters.csv"), csv);
    cluster = FlinkCluster.start(Path.of("target", "flink", "lib"), folder, 2);
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (endpoint != null) {
      endpoint.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  private static byte[] encounters() {
    StringBuilder csv = new StringBuilder();
    csv.append(CsvRecord.line(CONTRACT.stored().stream().map(Column::sourceName).toList()));
    for (Row row : rows(ROWS)) {
      csv.append('\n').append(CsvRecord.line(cells(row)));
    }
    return csv.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<Row> rows(int n) {
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), 11);
    return Stream.generate(generator::next).limit(n).toList();
  }

  private static List<String> cells(Row row) {
    return CONTRACT.stored().stream()
        .map(column -> Objects.requireNonNullElse(row.asText(column), ""))
        .toList();
  }

  @Test
  void doesOnAClusterWhatItDoesEmbedded() throws Exception {
    DatabaseSettings embedded = Tables.database(postgres, "embedded");
    Ingest.run(
        IngestSettings.of(embedded, DATA).withStore(Optional.of(store)).withBatchRows(BATCH_ROWS),
        CONTRACT,
        Progress.UNWATCHED);
    Prepare.run(PrepareSettings.of(embedded).withSeed(1), CONTRACT, Progress.UNWATCHED);

    DatabaseSettings remote = Tables.database(postgres, "remote");
    String printed = ingestByFlinkRun(remote);
    assertThat(printed).startsWith("exit 0\n");
    assertThat(Tables.rawData(remote)).isEqualTo(Tables.rawData(embedded));
    String job = cluster.get("/jobs").get("jobs").get(0).get("id").asText();
    assertThat(cluster.get("/jobs/" + job + "/accumulators").toString())
        .contains("rows_read", "rows_accepted", "rows_rejected", "batches");

    String jar = cluster.upload(JAR);
    String prepare = cluster.runJar(jar, args(remote, "prepare"));
    cluster.awaitState(prepare, "FINISHED");
    assertThat(Tables.cleanData(remote)).isEqualTo(Tables.cleanData(embedded));

    endsAlsoWhereThereIsNothingToDo(jar, remote);
    scoresTheSameBytes(jar, embedded, remote);
    triesNothingAgainThatNobodyCanMend(jar);
    losesAndDoublesNothingWhenATaskManagerIsKilled(jar, Tables.rawData(embedded).get(0));
  }

  /** A program that runs no job would be one that has failed. */
  private static void endsAlsoWhereThereIsNothingToDo(String jar, DatabaseSettings database)
      throws Exception {
    String job = cluster.runJar(jar, args(database, "prepare"));
    cluster.awaitState(job, "FINISHED");
    assertThat(
            Tables.query(
                database,
                "SELECT state || ' ' || flink_job FROM pipeline_run ORDER BY run DESC LIMIT 1"))
        .isEqualTo("DONE " + job);
  }

  private static String ingestByFlinkRun(DatabaseSettings database) throws Exception {
    return cluster.flinkRun(
        Map.of(
            "ALTA_DATABASE_PASSWORD", database.password(),
            "ALTA_STORE_SECRET_KEY", store.secretKey()),
        "-p",
        "2",
        JAR.toString(),
        "ingest",
        "--data=" + DATA,
        "--batchRows=" + BATCH_ROWS,
        "--databaseUrl=" + database.url(),
        "--databaseUser=" + database.user(),
        "--storeUrl=" + store.url(),
        "--storeAccessKey=" + store.accessKey());
  }

  private static List<String> args(DatabaseSettings database, String... first) {
    List<String> args = new ArrayList<>(List.of(first));
    args.addAll(
        List.of(
            "--parallelism=2",
            "--databaseUrl=" + database.url(),
            "--databaseUser=" + database.user(),
            "--databasePassword=" + database.password()));
    return args;
  }

  private static void scoresTheSameBytes(
      String jar, DatabaseSettings embedded, DatabaseSettings remote) throws Exception {
    String expected = "s3://alta/scores/embedded.csv";
    ScoreResult result =
        Score.run(
                ScoreSettings.of(store, embedded, "readmission", DATA, expected)
                    .withReasons(2)
                    .withRanked(true),
                CONTRACT,
                Progress.UNWATCHED)
            .orElseThrow();
    assertThat(result.rejected()).isPositive();

    String output = "s3://alta/scores/cluster.csv";
    List<String> args =
        args(
            remote, "score", "--input=" + DATA, "--output=" + output, "--reasons=2", "--rank=true");
    args.addAll(
        List.of(
            "--storeUrl=" + store.url(),
            "--storeAccessKey=" + store.accessKey(),
            "--storeSecretKey=" + store.secretKey()));
    String job = cluster.runJar(jar, args);
    cluster.awaitState(job, "FINISHED");
    assertThat(bytes(output)).isEqualTo(bytes(expected));
    assertThat(bytes(output + ".rejects.csv")).isEqualTo(bytes(expected + ".rejects.csv"));
    assertThat(
            Tables.query(
                remote,
                "SELECT concat_ws(' ', subject, state, rows_read, rows_passed, rows_rejected,"
                    + " flink_job) FROM pipeline_run WHERE kind = 'score'"))
        .isEqualTo(
            String.join(
                " ",
                DATA,
                "into",
                output,
                "DONE",
                Long.toString(ROWS),
                Long.toString(result.scored()),
                Long.toString(result.rejected()),
                job));
  }

  private static byte[] bytes(String address) throws Exception {
    Place place = Place.of(address, Optional.of(store));
    try (InputStream in = place.read(place.find().orElseThrow(), 0)) {
      return in.readAllBytes();
    }
  }

  /** Of a run that nobody waits for: it says itself why it failed, and keeps what came before. */
  private static void triesNothingAgainThatNobodyCanMend(String jar) throws Exception {
    DatabaseSettings database = Tables.database(postgres, "unmended");
    List<List<String>> rows = rows(20).stream().map(FlinkClusterIT::cells).toList();
    try (BrokenSource source = BrokenSource.start(rows)) {
      String job = cluster.runJar(jar, args(database, "ingest", "--data=" + source.url()));
      cluster.awaitState(job, "FAILED");
      assertThat(Tables.query(database, "SELECT state || ' ' || reason FROM pipeline_run"))
          .isEqualTo(
              "FAILED "
                  + source.url()
                  + "&day=2: row 1: 2 values (expected: 50, the columns of alta.v1.Encounter)");
      assertThat(Tables.query(database, "SELECT count(*) FROM raw_data")).isEqualTo("20");
      assertThat(cluster.get("/jobs/" + job + "/exceptions").at("/exceptionHistory/entries"))
          .as("one failure, so no restart")
          .hasSize(1);
    }
  }

  private static void losesAndDoublesNothingWhenATaskManagerIsKilled(String jar, String undisturbed)
      throws Exception {
    DatabaseSettings database = Tables.database(postgres, "disturbed");
    String job =
        cluster.runJar(
            jar,
            args(
                database,
                "ingest",
                "--data=" + folder.resolve("encounters.csv"),
                "--batchRows=" + SMALL_BATCH_ROWS));
    FlinkCluster.await("first batches stored", () -> Tables.batches(database) >= 4);
    try (Connection connection = Tables.connect(database);
        Statement statement = connection.createStatement()) {
      // From here on no batch is committed: whatever a worker is at when it is killed is lost.
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE ingest_batch IN SHARE MODE");
      assertThat(Tables.batches(database)).isBetween(4, SMALL_BATCHES - 1);
      cluster.kill(1);
      connection.rollback();
    }
    cluster.awaitState(job, "FINISHED");
    assertThat(Tables.rawData(database).get(0)).isEqualTo(undisturbed);
    assertThat(Tables.batches(database)).isEqualTo(SMALL_BATCHES);
    assertThat(
            Tables.query(
                database,
                "SELECT state || ' ' || rows_passed || ' ' || flink_job FROM pipeline_run"))
        .isEqualTo("DONE " + ROWS + " " + job);
    assertThat(
            cluster.get("/jobs/" + job + "/exceptions").at("/exceptionHistory/entries").toString())
        .contains("taskmanager-1");
  }
}
