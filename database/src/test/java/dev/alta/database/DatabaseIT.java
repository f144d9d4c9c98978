package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.alta.core.contract.Contract;
import dev.alta.core.split.Side;
import dev.alta.proto.v1.ColumnProto;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.VisitProto;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

final class DatabaseIT {
  @Test
  void makesTheTablesOfTheContractWithTheirTypes() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    Database.open(settings, Visits.CONTRACT).close();

    assertThat(columns(settings, "raw_data"))
        .containsExactly(
            "visit_id bigint",
            "person bigint",
            "ward text",
            "creatinine double precision",
            "falls integer",
            "cause text",
            "came_back text",
            "batch_id bigint");
    assertThat(columns(settings, "clean_data"))
        .contains("cause_group text", "dataset text", "generation bigint");
  }

  @Test
  void opensForSeveralProcessesAtOnce() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    List<CompletableFuture<Void>> opened =
        List.of(1, 2, 3, 4).stream()
            .map(
                i ->
                    CompletableFuture.runAsync(
                        () -> Database.open(settings, Visits.CONTRACT).close()))
            .toList();
    assertThat(opened).allSatisfy(CompletableFuture::join);
    assertThat(TestDatabase.query(settings, "SELECT name FROM contract"))
        .containsExactly("alta.testing.Visit");
  }

  @Test
  void addsAColumnThatTheContractHasGained() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    try (Database database = Database.open(settings, Visits.CONTRACT)) {
      database
          .rawData()
          .store(
              new IngestBatch("s", 1, "a", 2, 0, 1, 1),
              Visits.rows(List.of(Visits.visit(1))),
              List.of(),
              "test");
    }
    Contract grown = withColumn("smoker");
    Database.open(settings, grown).close();

    assertThat(columns(settings, "raw_data")).endsWith("batch_id bigint", "smoker text");
    assertThat(columns(settings, "clean_data")).contains("smoker text");
    assertThat(TestDatabase.query(settings, "SELECT visit_id, smoker FROM raw_data"))
        .containsExactly("1|null");
  }

  @Test
  void findsTheWatermarksOfADatabaseThatIsOlderThanThey() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .locations("classpath:db/migration")
        .target("2")
        .load()
        .migrate();
    TestDatabase.execute(
        settings,
        "INSERT INTO ingest_batch (source, batch_number, content_sha256, first_line, byte_from,"
            + " byte_to, rows_read, accepted, rejected, duplicates, created_by)"
            + " SELECT s, n, '', 2, 0, 1, 0, 0, 0, 0, 'test'"
            + " FROM (VALUES ('a', 1), ('a', 2), ('a', 4), ('b', 2)) AS batch (s, n)");

    try (Database database = Database.open(settings, Visits.CONTRACT)) {
      assertThat(database.rawData().watermark("a")).isEqualTo(2);
      assertThat(database.rawData().watermark("b")).isZero();
    }
  }

  @Test
  void keepsTheSidesOfADatabaseThatIsOlderThanCertificates() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    Flyway.configure()
        .dataSource(settings.url(), settings.user(), settings.password())
        .locations("classpath:db/migration")
        .target("4")
        .load()
        .migrate();
    TestDatabase.execute(
        settings,
        "INSERT INTO clean_data_generation (generation, input_sha256, seed, rows_read, kept,"
            + " split_sha256) VALUES (1, '', 42, 1, 1, 'x');"
            + " INSERT INTO split_threshold VALUES (1, '1,0', 1, 0, 0, 5, 7, 5, 7);"
            + " INSERT INTO split_assignment VALUES (7, 'train', 1)");

    try (Database database = Database.open(settings, Visits.CONTRACT)) {
      CleanData cleanData = database.cleanData();
      assertThat(cleanData.latestGeneration().orElseThrow().assignmentSha256()).isEmpty();
      assertThat(cleanData.profile(1)).isEmpty();
      assertThat(cleanData.sides(new long[] {7, 8})).isEqualTo(Map.of(7L, Side.TRAIN));
      assertThat(TestDatabase.query(settings, "SELECT train_kept FROM split_threshold"))
          .containsExactly("0");
    }
  }

  @Test
  void knowsWhichMigrationIsTheLatest() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    Database.open(settings, Visits.CONTRACT).close();

    assertThat(
            TestDatabase.query(
                settings, "SELECT max(version::integer) FROM flyway_schema_history WHERE success"))
        .containsExactly(Integer.toString(Database.LATEST_MIGRATION));
  }

  @Test
  void refusesTheDatabaseOfAnotherContract() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    Database.open(settings, Visits.CONTRACT).close();

    assertThatThrownBy(
            () -> Database.open(settings, Contract.of(Encounter.getDescriptor())).close())
        .isInstanceOf(DatabaseException.class)
        .hasMessage(
            "the database holds data of alta.testing.Visit"
                + " (expected: alta.v1.Encounter, or an empty database)");
  }

  @Test
  void leavesTablesOfOthersInTheSchemaAlone() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    TestDatabase.execute(settings, "CREATE TABLE theirs AS SELECT 1 AS one");
    Database.open(settings, Visits.CONTRACT).close();

    assertThat(TestDatabase.query(settings, "SELECT one FROM theirs")).containsExactly("1");
  }

  @Test
  void saysWhichDatabaseCannotBeReachedWithoutThePassword() {
    DatabaseSettings nobody =
        new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/alta", "ann", "secret");
    assertThatThrownBy(() -> Database.open(nobody, Visits.CONTRACT).close())
        .isInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("database alta on 127.0.0.1:1 as ann cannot be reached")
        .message()
        .doesNotContain("secret")
        .doesNotContain("\n");
  }

  @Test
  void refusesAContractWhoseColumnHasTheNameOfATablesOwn() throws Exception {
    Contract clash = withColumn("dataset");
    DatabaseSettings settings = TestDatabase.empty();
    assertThatThrownBy(() -> Database.open(settings, clash).close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("column dataset (expected: another name");
  }

  private static List<String> columns(DatabaseSettings settings, String table) throws Exception {
    return TestDatabase.query(
        settings,
        "SELECT column_name || ' ' || data_type FROM information_schema.columns"
            + " WHERE table_name = '"
            + table
            + "' ORDER BY ordinal_position");
  }

  /** The contract with one more text column. */
  private static Contract withColumn(String name) throws Exception {
    FileDescriptorProto file = VisitProto.getDescriptor().toProto();
    DescriptorProto message = file.getMessageType(0);
    FieldDescriptorProto.Builder field =
        message.getField(2).toBuilder()
            .setName(name)
            .setJsonName(name)
            .setNumber(100)
            .setOneofIndex(message.getOneofDeclCount());
    DescriptorProto grown =
        message.toBuilder()
            .addField(field)
            .addOneofDecl(message.getOneofDecl(0).toBuilder().setName("_" + name))
            .build();
    return Contract.of(
        FileDescriptor.buildFrom(
                file.toBuilder().setMessageType(0, grown).build(),
                new FileDescriptor[] {ColumnProto.getDescriptor()})
            .findMessageTypeByName("Visit"));
  }

  @Test
  void changesNothingForThoseWhoLookAndGivesUpWhatTakesLong() throws Exception {
    DatabaseSettings settings = TestDatabase.empty();
    Database.open(settings, Visits.CONTRACT).close();
    try (Database looking = Database.look(settings, Visits.CONTRACT)) {
      assertThat(looking.rawData().totals()).isEqualTo(new LedgerTotals(0, 0, 0, 0, 0));
      assertThatThrownBy(
              () ->
                  looking
                      .runs()
                      .begin(new RunStart("ingest", "a", "ann", OptionalLong.empty()), "[local]"))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("read-only transaction");
      try (Connection other = Connections.source(settings).getConnection()) {
        other.setAutoCommit(false);
        other.createStatement().execute("LOCK TABLE ingest_batch IN ACCESS EXCLUSIVE MODE");
        assertThatThrownBy(() -> looking.rawData().totals())
            .isInstanceOf(DatabaseException.class)
            .hasMessageContaining("statement timeout");
      }
    }
  }

  @Test
  void saysNothingOfADatabaseThatIsAwayBeforeItIsAsked() {
    DatabaseSettings nowhere =
        new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/alta", "alta", "");
    try (Database looking = Database.look(nowhere, Visits.CONTRACT)) {
      assertThatThrownBy(() -> looking.rawData().totals())
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("127.0.0.1:1")
          .hasMessageNotContaining("alta-looking");
    }
  }
}
