package dev.alta.pipelines.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.core.report.DataReport;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.TestDatabase;
import dev.alta.pipelines.TestStore;
import dev.alta.pipelines.VisitFile;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.proto.v1.SplitCertificate;
import dev.alta.testing.Visit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two generations are published once; each test changes a copy of them. */
final class SplitCheckIT {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());

  @TempDir static Path folder;

  private static DatabaseSettings settings;
  private static Database database;
  private static ObjectStore store;
  private static DatasetDocuments documents;
  private static long latest;

  @BeforeAll
  static void publish() throws Exception {
    settings = TestDatabase.empty();
    List<String> rows = VisitFile.rows(400);
    StoreSettings bucket = TestStore.emptyBucket();
    store = ObjectStore.open(bucket);
    documents = new DatasetDocuments(store);
    for (int half = 0; half < 2; half++) {
      Path file =
          VisitFile.write(
              folder.resolve("half-" + half + ".csv"), rows.subList(half * 200, half * 200 + 200));
      Ingest.run(IngestSettings.of(settings, file), CONTRACT, Progress.UNWATCHED);
      latest =
          Prepare.run(PrepareSettings.of(settings).withStore(bucket), CONTRACT, Progress.UNWATCHED)
              .generation()
              .number();
    }
    database = Database.open(TestDatabase.copy(settings), CONTRACT);
  }

  @AfterAll
  static void close() {
    database.close();
    store.close();
  }

  @Test
  void findsNothingWhereAllIsAsPublished() {
    SplitCheck.Result result = check();
    assertThat(result.findings()).isEmpty();
    assertThat(result.ok()).isTrue();
    assertThat(result.inBucket()).isTrue();
    assertThat(result.generations()).isEqualTo(2);
    assertThat(result.patients()).isGreaterThan(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE split_assignment SET dataset = 'test' WHERE patient = %d AND dataset = 'train' | patient %d: rows on train, but assigned to test
          UPDATE clean_data SET dataset = 'test' WHERE person = %d                              | patient %d: rows on test, but assigned to train
          DELETE FROM clean_data WHERE person = %d                                              | rows kept and
          DELETE FROM split_assignment WHERE patient = %d                                       | patient %d: has rows in clean_data, but no side
          UPDATE split_assignment SET generation = 99 WHERE patient = %d                        | assigned in generation 99, which was never published
          UPDATE split_assignment SET stratum = '7,7' WHERE patient = %d                        | dealt out as stratum 7,7, of which generation
          UPDATE split_threshold SET validation_last_hash = validation_last_hash + 1 WHERE %d > 0 | seed and cuts have digest
          UPDATE split_threshold SET train_last_hash = 9223372036854775807 WHERE %d > 0       | (expected: in order)
          UPDATE split_threshold SET train_last_hash = -7, train_patients = 0 WHERE %d > 0      | patients of stratum
          UPDATE clean_data_generation SET assignment_sha256 = 'x' WHERE %d > 0                 | the sides of its patients have digest
          UPDATE clean_data_generation SET seed = 43 WHERE %d > 0                               | seed 42 (expected: 43, as in the tables)
          UPDATE clean_data_count SET row_count = row_count + 1 WHERE %d > 0                    | rows of class
          """)
  void namesWhatWasChangedInTheTables(String change, String finding) throws Exception {
    long patient =
        Long.parseLong(
            TestDatabase.query(
                    settings, "SELECT min(patient) FROM split_assignment WHERE dataset = 'train'")
                .get(0));
    DatabaseSettings changed = TestDatabase.copy(settings);
    TestDatabase.query(
        changed, "WITH c AS (" + change.formatted(patient) + " RETURNING 1) TABLE c");
    try (Database other = Database.attach(changed, CONTRACT)) {
      SplitCheck.Result result = SplitCheck.run(CONTRACT, other, Optional.of(documents));
      assertThat(result.ok()).isFalse();
      assertThat(String.join("\n", result.findings()))
          .contains(finding.contains("%d") ? finding.formatted(patient) : finding);
    }
  }

  @Test
  void namesAPatientWhoWasMovedEverywhere() throws Exception {
    DatabaseSettings changed = TestDatabase.copy(settings);
    TestDatabase.query(
        changed,
        "WITH moved AS (UPDATE split_assignment SET dataset = 'test', stratum = NULL WHERE patient ="
            + " (SELECT min(patient) FROM split_assignment WHERE dataset = 'train' AND generation <"
            + latest
            + ") RETURNING patient) UPDATE clean_data SET dataset = 'test' FROM moved"
            + " WHERE person = patient RETURNING 1");
    try (Database other = Database.attach(changed, CONTRACT)) {
      assertThat(SplitCheck.run(CONTRACT, other, Optional.empty()).findings())
          .anyMatch(finding -> finding.contains("the sides of its patients have digest"))
          .anyMatch(finding -> finding.contains("new patients of stratum"));
    }
  }

  @Test
  void namesACertificateThatIsNotInTheBucketOrAnother() {
    DatasetDocuments empty = new DatasetDocuments(ObjectStore.open(TestStore.emptyBucket()));
    assertThat(SplitCheck.run(CONTRACT, database, Optional.of(empty)).findings())
        .containsExactly("datasets/" + latest + "/split-certificate.json: not in the bucket");

    SplitCertificate certificate = documents.certificate(latest).orElseThrow();
    SplitCertificate.Builder other = certificate.toBuilder().setRowsKept(7);
    other.getStrataBuilder(0).getFreshBuilder().setTrain(77);
    empty.write(other.build(), documents.profile(latest).orElseThrow());
    assertThat(SplitCheck.run(CONTRACT, database, Optional.of(empty)).findings())
        .containsExactlyInAnyOrder(
            "datasets/"
                + latest
                + "/split-certificate.json: rows_kept 7 (expected: "
                + certificate.getRowsKept()
                + ", as in the tables)",
            "datasets/"
                + latest
                + "/split-certificate.json: other strata than the tables: "
                + certificate.getStrata(0).getEncounters());
  }

  @Test
  void explainsTheSideOfAPatientWhoIsNewAndOfOneWhoWasThereBefore() throws Exception {
    for (String row :
        TestDatabase.query(
            settings,
            "SELECT DISTINCT ON (generation) patient, dataset, generation FROM split_assignment"
                + " ORDER BY generation, patient")) {
      String[] known = row.split("\\|", -1);
      SplitExplanation found = SplitExplanation.of(database, Long.parseLong(known[0]));
      assertThat(found.side()).isEqualTo(known[1]);
      assertThat(found.generation()).isEqualTo(Long.parseLong(known[2]));
      assertThat(found.byCut().orElseThrow().label()).isEqualTo(known[1]);
      assertThat(found.words(CONTRACT))
          .startsWith("patient " + known[0] + ": " + known[1])
          .contains("dealt out in generation " + known[2] + " with seed 42");
      if (found.generation() < latest) {
        assertThat(found.words(CONTRACT)).contains("kept since, up to generation " + latest);
      }
    }
    assertThatThrownBy(() -> SplitExplanation.of(database, 5))
        .isInstanceOf(PipelineException.class)
        .hasMessage("patient 5: on no side (expected: a patient with rows in clean_data)");
  }

  @Test
  void reportsWhatWasPublished() {
    PublishedProfile published = PublishedProfile.read(database);
    assertThat(DataReport.html(CONTRACT, published.profile(), published.certificate()))
        .contains("Data report: generation " + latest)
        .contains("hospice care");
  }

  private static SplitCheck.Result check() {
    return SplitCheck.run(CONTRACT, database, Optional.of(documents));
  }
}
