package dev.alta.pipelines.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alta.core.contract.Contract;
import dev.alta.core.profile.ProfileView;
import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.Generation;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.TestDatabase;
import dev.alta.pipelines.TestStore;
import dev.alta.pipelines.VisitFile;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.proto.v1.BatchProfile;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.SplitCertificate;
import dev.alta.testing.Visit;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrepareIT {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  private static final String ROWS =
      "SELECT visit_id, ward, falls, cause_group, dataset FROM clean_data ORDER BY 1";

  private static final String HISTORY =
      "SELECT visit_id, earlier_visits, earlier_falls, last_falls, visits_between FROM clean_data"
          + " ORDER BY 1";

  /** The same from the definition: all stored visits of the person with a smaller number. */
  private static final String RECOUNTED =
      "SELECT c.visit_id, count(e.visit_id), CASE WHEN count(e.visit_id) > 0 THEN"
          + " coalesce(sum(e.falls), 0) END, (SELECT falls FROM raw_data AS l WHERE l.person ="
          + " c.person AND l.visit_id = max(e.visit_id)), c.visit_id - max(e.visit_id)"
          + " FROM clean_data AS c LEFT JOIN raw_data AS e ON e.person = c.person AND e.visit_id <"
          + " c.visit_id GROUP BY c.visit_id, c.person ORDER BY 1";

  @TempDir Path folder;

  @Test
  void makesTheSameCleanDataFromRowsInAnyOrderByAnyNumberOfWorkers() throws Exception {
    List<String> rows = VisitFile.rows(340);
    DatabaseSettings inOrder = ingested(rows, 2);
    PrepareSettings settings = PrepareSettings.of(inOrder);
    PrepareResult first = Prepare.run(settings, CONTRACT, Progress.UNWATCHED);
    Generation generation = first.generation();

    assertThat(first.isNew()).isTrue();
    assertThat(generation.rowsRead()).isEqualTo(340);
    assertThat(generation.kept()).isEqualTo(330);
    assertThat(generation.excluded()).isEqualTo(Map.of("hospice care", 10L));
    assertThat(TestDatabase.query(inOrder, ROWS))
        .hasSize(330)
        .anyMatch(row -> row.matches("1\\|medicine\\|1\\|Other\\|(train|validation|test)"))
        .anyMatch(row -> row.matches("8\\|null\\|0\\|Circulatory\\|(train|validation|test)"));
    assertThat(
            TestDatabase.query(
                inOrder,
                "SELECT person FROM clean_data GROUP BY 1 HAVING count(DISTINCT dataset) > 1"))
        .isEmpty();

    PrepareResult second = Prepare.run(settings, CONTRACT, Progress.UNWATCHED);
    assertThat(second.isNew()).isFalse();
    assertThat(second.generation()).isEqualTo(generation);

    Collections.shuffle(rows, new Random(5));
    DatabaseSettings shuffled = ingested(rows, 1);
    Generation other =
        Prepare.run(
                PrepareSettings.of(shuffled).withFlink(new FlinkSettings(FlinkSettings.LOCAL, 1)),
                CONTRACT,
                Progress.UNWATCHED)
            .generation();
    assertThat(other.splitSha256()).isEqualTo(generation.splitSha256());
    assertThat(TestDatabase.query(shuffled, ROWS)).isEqualTo(TestDatabase.query(inOrder, ROWS));
  }

  @Test
  void neverMovesAPatientWhileRawDataGrows() throws Exception {
    List<String> rows = VisitFile.rows(600);
    DatabaseSettings database = TestDatabase.empty();
    List<String> sides = List.of();
    for (int round = 1; round <= 3; round++) {
      // The same patients come back, with other outcomes, and new ones come in.
      ingest(database, "round-" + round, rows.subList((round - 1) * 200, round * 200));
      DatabaseSettings same = TestDatabase.copy(database);
      Generation generation = prepare(database, 2, round);
      if (round > 1) {
        assertThat(prepare(same, 1, round).splitSha256()).isEqualTo(generation.splitSha256());
        assertThat(TestDatabase.query(same, ROWS)).isEqualTo(TestDatabase.query(database, ROWS));
      }

      List<String> now =
          TestDatabase.query(
              database, "SELECT DISTINCT person, dataset FROM clean_data ORDER BY 1, 2");
      assertThat(now).containsAll(sides).hasSizeGreaterThan(sides.size() + 20);
      assertThat(now.stream().map(side -> side.split("\\|", 2)[0])).doesNotHaveDuplicates();
      assertThat(
              TestDatabase.query(
                  database,
                  "SELECT sum(train_kept + validation_kept + test_kept) FROM split_threshold"
                      + " WHERE generation = "
                      + generation.number()))
          .containsExactly(Integer.toString(sides.size()));
      sides = now;
    }
  }

  @Test
  void knowsOfEarlierVisitsWhatIsStoredUnderSmallerKeysAndNothingOfLaterOnes() throws Exception {
    List<String> rows = VisitFile.rows(400);
    DatabaseSettings database = TestDatabase.empty();
    ingest(database, "first", rows.subList(0, 200));
    prepare(database, 2, 0);
    List<String> before = TestDatabase.query(database, HISTORY);
    assertThat(before).hasSize(200).anyMatch(row -> row.matches("\\d+\\|[1-9].*"));
    assertThat(TestDatabase.query(database, RECOUNTED)).isEqualTo(before);

    ingest(database, "second", rows.subList(200, 400));
    prepare(database, 1, 0);
    List<String> after = TestDatabase.query(database, HISTORY);
    assertThat(after).hasSize(390).startsWith(before.toArray(String[]::new));
    assertThat(TestDatabase.query(database, RECOUNTED)).isEqualTo(after);
    assertThat(
            TestDatabase.query(
                database,
                "SELECT count(*) FROM clean_data AS c JOIN clean_data AS e ON e.person = c.person"
                    + " WHERE e.visit_id < c.visit_id AND e.dataset <> c.dataset"))
        .containsExactly("0");
  }

  @Test
  void keepsCertificateAndProfileInTableAndBucket() throws Exception {
    DatabaseSettings database = ingested(VisitFile.rows(340), 2);
    StoreSettings bucket = TestStore.emptyBucket();
    Generation generation =
        Prepare.run(PrepareSettings.of(database).withStore(bucket), CONTRACT, Progress.UNWATCHED)
            .generation();

    try (ObjectStore store = ObjectStore.open(bucket);
        Database tables = Database.open(database, CONTRACT)) {
      DatasetDocuments documents = new DatasetDocuments(store);
      SplitCertificate certificate = documents.certificate(generation.number()).orElseThrow();
      assertThat(certificate.getSplitSha256()).isEqualTo(generation.splitSha256());
      assertThat(certificate.getAssignmentSha256())
          .isEqualTo(generation.assignmentSha256().orElseThrow());
      assertThat(certificate.getRowsExcludedMap()).isEqualTo(Map.of("hospice care", 10));

      DataProfile profile = documents.profile(generation.number()).orElseThrow();
      assertThat(
              DatasetDocuments.profileOf(
                  tables.cleanData().profile(generation.number()).orElseThrow()))
          .isEqualTo(profile);
      ProfileView view = new ProfileView(CONTRACT, profile);
      assertThat(view.rows()).isEqualTo(330);
      assertThat(view.missingShare("ward")).isCloseTo(1 / 3.0, within(0.01));
      assertThat(view.shares("cause").keySet()).contains("Circulatory", "Diabetes");
      assertThat(view.quantile("falls", 0.99)).hasValue(4);
      assertThat(profile.getBatchesList())
          .extracting(BatchProfile::getRows)
          .containsExactlyInAnyOrder(110, 110, 110, 0);
    }
  }

  @Test
  void publishesNothingIfTheBucketCannotBeReached() throws Exception {
    DatabaseSettings database = ingested(VisitFile.rows(60), 2);
    PrepareSettings settings =
        PrepareSettings.of(database)
            .withStore(new StoreSettings("http://127.0.0.1:1", "key", "secret", "nowhere"));
    assertThatThrownBy(() -> Prepare.run(settings, CONTRACT, Progress.UNWATCHED))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageEndingWith("nothing was published");
    assertThat(TestDatabase.query(database, "SELECT * FROM clean_data_generation")).isEmpty();
    assertThat(TestDatabase.query(database, "SELECT * FROM clean_data")).isEmpty();
    assertThat(TestDatabase.query(database, "SELECT * FROM split_assignment")).isEmpty();
  }

  @Test
  void keepsThePreviousGenerationIfTheSumsDoNotAgree() throws Exception {
    DatabaseSettings database = ingested(VisitFile.rows(60), 2);
    PrepareSettings settings = PrepareSettings.of(database);
    Generation first = Prepare.run(settings, CONTRACT, Progress.UNWATCHED).generation();
    // Fewer rows than the ledger says: must not go unnoticed.
    TestDatabase.query(database, "DELETE FROM raw_data WHERE visit_id = 1 RETURNING 1");

    assertThatThrownBy(() -> Prepare.run(settings.withSeed(1), CONTRACT, Progress.UNWATCHED))
        .hasMessage("clean_data: 49 rows kept and 10 excluded (expected: 60 in all)");
    assertThat(
            TestDatabase.query(
                database, "SELECT DISTINCT generation, count(*) OVER () FROM clean_data"))
        .containsExactly(first.number() + "|50");
  }

  @Test
  void saysThatThereIsNothingToPrepare() throws Exception {
    DatabaseSettings database = TestDatabase.empty();
    assertThatThrownBy(
            () -> Prepare.run(PrepareSettings.of(database), CONTRACT, Progress.UNWATCHED))
        .isInstanceOf(PipelineException.class)
        .hasMessage("raw_data: no rows (expected: an ingest before a prepare)");
  }

  private static Generation prepare(DatabaseSettings database, int parallelism, long seed) {
    PrepareSettings settings =
        PrepareSettings.of(database)
            .withSeed(seed)
            .withFlink(new FlinkSettings(FlinkSettings.LOCAL, parallelism));
    return Prepare.run(settings, CONTRACT, Progress.UNWATCHED).generation();
  }

  private void ingest(DatabaseSettings database, String name, List<String> rows) throws Exception {
    Path file = VisitFile.write(folder.resolve(name + ".csv"), rows);
    Ingest.run(IngestSettings.of(database, file).withBatchRows(60), CONTRACT, Progress.UNWATCHED);
  }

  private DatabaseSettings ingested(List<String> rows, int parallelism) throws Exception {
    DatabaseSettings database = TestDatabase.empty();
    Path file = VisitFile.write(folder.resolve("visits.csv"), rows);
    // The last batch of the ordered rows holds nobody but patients in a hospice.
    IngestSettings settings =
        IngestSettings.of(database, file)
            .withBatchRows(rows.size() == 340 ? 110 : 100)
            .withFlink(new FlinkSettings(FlinkSettings.LOCAL, parallelism));
    Ingest.run(settings, CONTRACT, Progress.UNWATCHED);
    return database;
  }
}
