package dev.alta.jobs;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.Prepare;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.proto.v1.Encounter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The job jar on a real Flink cluster, with a real database and an S3 endpoint. */
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
    postgres =
        PostgresServer.start(
            PostgresSettings.in(folder.resolve("postgres"))
                .withBinariesIn(Path.of("target", "postgres-binaries"))
                .notDurable());
    endpoint = S3Endpoint.start(folder.resolve("objects"));
    store = new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "alta");
    ObjectStore.open(store).close();
    byte[] csv = encounters();
    Place.of(DATA, Optional.of(store)).write(new ByteArrayInputStream(csv));
    Files.write(folder.resolve("encounters.csv"), csv);
    cluster = FlinkCluster.start(folder, 2);
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
    csv.append(CsvRecord.line(CONTRACT.columns().stream().map(Column::sourceName).toList()));
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), 11);
    for (int i = 0; i < ROWS; i++) {
      Row row = generator.next();
      csv.append('\n')
          .append(
              CsvRecord.line(
                  CONTRACT.columns().stream()
                      .map(column -> Objects.requireNonNullElse(row.asText(column), ""))
                      .toList()));
    }
    return csv.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void doesOnAClusterWhatItDoesEmbedded() throws Exception {
    DatabaseSettings embedded = database("embedded");
    Ingest.run(
        IngestSettings.of(embedded, DATA).withStore(Optional.of(store)).withBatchRows(BATCH_ROWS),
        CONTRACT,
        Progress.UNWATCHED);
    Prepare.run(PrepareSettings.of(embedded).withSeed(1), CONTRACT, Progress.UNWATCHED);

    DatabaseSettings remote = database("remote");
    String printed = ingestByFlinkRun(remote);
    assertThat(printed).startsWith("exit 0\n");
    assertThat(rawData(remote)).isEqualTo(rawData(embedded));
    String job = cluster.get("/jobs").get("jobs").get(0).get("id").asText();
    assertThat(cluster.get("/jobs/" + job + "/accumulators").toString())
        .contains("rows_read", "rows_accepted", "rows_rejected", "batches");

    String jar = cluster.upload(JAR);
    String prepare = cluster.runJar(jar, prepareArgs(remote));
    cluster.awaitState(prepare, "FINISHED");
    assertThat(cleanData(remote)).isEqualTo(cleanData(embedded));

    losesAndDoublesNothingWhenATaskManagerIsKilled(jar, rawData(embedded).get(0));
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

  private static List<String> prepareArgs(DatabaseSettings database) {
    return List.of(
        "prepare",
        "--parallelism=2",
        "--databaseUrl=" + database.url(),
        "--databaseUser=" + database.user(),
        "--databasePassword=" + database.password());
  }

  private static void losesAndDoublesNothingWhenATaskManagerIsKilled(String jar, String undisturbed)
      throws Exception {
    DatabaseSettings database = database("disturbed");
    String job =
        cluster.runJar(
            jar,
            List.of(
                "ingest",
                "--parallelism=2",
                "--data=" + folder.resolve("encounters.csv"),
                "--batchRows=" + SMALL_BATCH_ROWS,
                "--databaseUrl=" + database.url(),
                "--databaseUser=" + database.user(),
                "--databasePassword=" + database.password()));
    FlinkCluster.await("first batches stored", () -> batches(database) >= 4);
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      // From here on no batch is committed: whatever a worker is at when it is killed is lost.
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE ingest_batch IN SHARE MODE");
      assertThat(batches(database)).isBetween(4, SMALL_BATCHES - 1);
      cluster.kill(1);
      connection.rollback();
    }
    cluster.awaitState(job, "FINISHED");
    assertThat(rawData(database).get(0)).isEqualTo(undisturbed);
    assertThat(batches(database)).isEqualTo(SMALL_BATCHES);
    assertThat(
            query(
                database,
                "SELECT state || ' ' || rows_passed || ' ' || flink_job FROM pipeline_run"))
        .isEqualTo("DONE " + ROWS + " " + job);
    assertThat(
            cluster.get("/jobs/" + job + "/exceptions").at("/exceptionHistory/entries").toString())
        .contains("taskmanager-1");
  }

  private static DatabaseSettings database(String name) throws SQLException {
    DatabaseSettings first =
        new DatabaseSettings(postgres.url(), postgres.user(), postgres.password());
    try (Connection connection = connect(first);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new DatabaseSettings(
        postgres.url().replaceAll("/alta$", "/" + name), postgres.user(), postgres.password());
  }

  private static int batches(DatabaseSettings database) {
    try {
      return Integer.parseInt(
          query(
              database,
              "SELECT CASE WHEN to_regclass('ingest_batch') IS NULL THEN 0 ELSE (xpath('/row/c/text()',"
                  + " query_to_xml('SELECT count(*) AS c FROM ingest_batch', false, true, '')))[1]"
                  + "::text::int END"));
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Digest and number of the rows, without the numbers that the order of storing gives. */
  private static List<String> rawData(DatabaseSettings database) throws SQLException {
    return List.of(
        query(
            database,
            "SELECT count(*) || ' ' || md5(string_agg((to_jsonb(r) - 'batch_id')::text, ','"
                + " ORDER BY encounter_id)) FROM raw_data r"),
        query(
            database,
            "SELECT count(*) || ' ' || md5(string_agg(batch_number || content_sha256 || accepted,"
                + " ',' ORDER BY batch_number)) FROM ingest_batch"));
  }

  private static List<String> cleanData(DatabaseSettings database) throws SQLException {
    return List.of(
        query(
            database,
            "SELECT count(*) || ' ' || md5(string_agg((to_jsonb(r) - 'batch_id')::text, ','"
                + " ORDER BY encounter_id)) FROM clean_data r"),
        query(
            database,
            "SELECT split_sha256 FROM clean_data_generation ORDER BY generation DESC LIMIT 1"));
  }

  private static String query(DatabaseSettings database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return String.valueOf(result.getString(1));
    }
  }

  private static Connection connect(DatabaseSettings database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database.url());
    return source.getConnection(database.user(), database.password());
  }
}
