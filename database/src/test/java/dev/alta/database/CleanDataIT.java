package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Row;
import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import dev.alta.database.SplitPlans.Visit;
import dev.alta.proto.v1.SplitCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CleanDataIT {
  private DatabaseSettings settings;
  private Database database;
  private CleanData cleanData;

  @BeforeEach
  void open() throws Exception {
    settings = TestDatabase.empty();
    database = Database.open(settings, Visits.CONTRACT);
    cleanData = database.cleanData();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void givesBackWhatWasPublishedInTheOrderOfKeys() throws Exception {
    Generation published = publish(rows(10, 1), 2);

    List<Long> keys = new ArrayList<>();
    Generation read =
        cleanData.read(
            (side, row) -> {
              long key = row.whole(Visits.CONTRACT.key());
              assertThat(row).isEqualTo(Visits.clean(key));
              assertThat(side).isEqualTo(sideOf(key));
              keys.add(key);
            });
    assertThat(keys).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(read).isEqualTo(published).isEqualTo(cleanData.latestGeneration().orElseThrow());
    assertThat(published.kept()).isEqualTo(10);
    assertThat(published.excluded()).containsExactly(Map.entry("hospice care", 2L));
    assertThat(published.rows(Side.TRAIN)).isEqualTo(3);
    assertThat(published.splitSha256()).isEqualTo(SplitPlans.of(rows(1, 10), Set.of()).sha256());
  }

  @Test
  void readsOneSide() {
    publish(rows(1, 10), 0);
    List<Row> test = new ArrayList<>();
    cleanData.read(Side.TEST, test::add);

    assertThat(test)
        .extracting(row -> row.whole(Visits.CONTRACT.key()))
        .containsExactly(4L, 5L, 10L);
  }

  @Test
  void namesTheGroupOfACodeAndLeavesOutWhatIsNotRecorded() throws Exception {
    publish(rows(4, 5), 0);
    assertThat(
            TestDatabase.query(
                settings,
                "SELECT ward, cause, cause_group, falls FROM clean_data ORDER BY visit_id"))
        .containsExactly("surgery|250.83|Diabetes|4", "null|V57|Other|0");
  }

  @Test
  void replacesThePreviousGenerationAsAWhole() throws Exception {
    publish(rows(1, 10), 0);
    TestDatabase.execute(settings, "CREATE VIEW theirs AS SELECT visit_id FROM clean_data");
    Generation second = publish(rows(11, 13), 0);

    assertThat(TestDatabase.query(settings, "SELECT visit_id FROM theirs ORDER BY 1"))
        .containsExactly("11", "12", "13");
    assertThat(TestDatabase.query(settings, "SELECT DISTINCT generation FROM clean_data"))
        .containsExactly(Long.toString(second.number()));
  }

  @Test
  void goesOnWhereAColumnHasLeftTheContract() throws Exception {
    publish(rows(1, 3), 0);
    TestDatabase.execute(settings, "ALTER TABLE clean_data ADD COLUMN left_since text");
    publish(rows(4, 5), 0);

    assertThat(
            TestDatabase.query(settings, "SELECT visit_id, left_since FROM clean_data ORDER BY 1"))
        .containsExactly("4|null", "5|null");
  }

  @Test
  void letsAReaderFinishWithTheGenerationItBegan() throws Exception {
    publish(rows(1, 10), 0);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Row> seen = new ArrayList<>();
    CompletableFuture<Void> reader =
        CompletableFuture.runAsync(
            () ->
                cleanData.read(
                    (side, row) -> {
                      seen.add(row);
                      reading.countDown();
                      await(goOn);
                    }));
    await(reading);
    CompletableFuture<Generation> writer =
        CompletableFuture.supplyAsync(() -> publish(rows(11, 13), 0));
    goOn.countDown();
    reader.join();
    writer.join();

    assertThat(seen).hasSize(10);
  }

  @Test
  void writesABatchOnceHoweverOftenItIsTried() {
    try (CleanDataDraft draft = cleanData.begin("input", 5)) {
      assertThat(write(draft.run(), rows(1, 5), 0)).isEqualTo(BatchWrite.WRITTEN);
      assertThat(write(draft.run(), rows(1, 5), 0)).isEqualTo(BatchWrite.THERE);
      assertThat(published(draft.run(), plan(rows(1, 5))).kept()).isEqualTo(5);
    }
  }

  @Test
  void staysAsItIsWhenAPublishedRunIsWrittenOrPublishedAgain() throws Exception {
    Generation first = publish(rows(1, 5), 0);

    assertThat(write(first.number(), rows(1, 5), 0)).isEqualTo(BatchWrite.THERE);
    assertThat(published(first.number(), plan(rows(1, 5)))).isEqualTo(first);
    assertThat(TestDatabase.query(settings, "SELECT count(*) FROM clean_data"))
        .containsExactly("5");
    assertThat(TestDatabase.query(settings, "SELECT count(*) FROM clean_data_generation"))
        .containsExactly("1");
  }

  @Test
  void letsTheNewerOfTwoRunsWin() throws Exception {
    long older;
    try (CleanDataDraft draft = cleanData.begin("older", 5)) {
      older = draft.run();
      write(older, rows(1, 5), 0);
      draft.leave();
    }
    try (CleanDataDraft newer = cleanData.begin("newer", 3)) {
      assertThat(write(older, rows(6, 7), 0)).isEqualTo(BatchWrite.OVERTAKEN);
      assertThat(cleanData.publish(older, plan(rows(1, 5)), "{}", certificate -> {}))
          .isEqualTo(new Publication.Overtaken(older));
      write(newer.run(), rows(11, 13), 0);
      published(newer.run(), plan(rows(11, 13)));
    }
    assertThat(cleanData.publish(older, plan(rows(1, 5)), "{}", certificate -> {}))
        .isEqualTo(new Publication.Overtaken(older));
    assertThat(TestDatabase.query(settings, "SELECT visit_id FROM clean_data ORDER BY 1"))
        .containsExactly("11", "12", "13");
  }

  @Test
  void letsARunGoOnWithoutTheProcessThatBeganIt() throws Exception {
    long run;
    try (CleanDataDraft draft = cleanData.begin("input", 5)) {
      run = draft.run();
      draft.leave();
    }
    write(run, rows(1, 5), 0);
    assertThat(published(run, plan(rows(1, 5))).number()).isEqualTo(run);
  }

  @Test
  void publishesNothingIfWhatBelongsBesideCannotBeKept() throws Exception {
    Generation first = publish(rows(1, 5), 0);
    try (CleanDataDraft draft = cleanData.begin("input", 3)) {
      write(draft.run(), rows(11, 13), 0);
      assertThatThrownBy(
              () ->
                  cleanData.publish(
                      draft.run(),
                      plan(rows(11, 13)),
                      "{}",
                      certificate -> {
                        throw new IllegalStateException("no bucket");
                      }))
          .hasMessage("no bucket");
      assertThat(cleanData.latestGeneration()).contains(first);
      assertThat(TestDatabase.query(settings, "SELECT count(*) FROM split_assignment"))
          .containsExactly("3");
      // The next attempt finds all as it was.
      assertThat(published(draft.run(), plan(rows(11, 13))).kept()).isEqualTo(3);
    }
  }

  @Test
  void showsNothingOfADraftThatWasNotPublished() throws Exception {
    publish(rows(1, 10), 0);
    try (CleanDataDraft draft = cleanData.begin("input", 5)) {
      write(draft.run(), rows(11, 15), 0);
    }
    assertThat(TestDatabase.query(settings, "SELECT count(*) FROM clean_data"))
        .containsExactly("10");
    assertThat(
            TestDatabase.query(
                settings,
                "SELECT count(*) FROM pg_class WHERE relname ~ '^clean_data_run_[0-9]+$' AND relkind = 'r'"))
        .containsExactly("1");
  }

  @Test
  void refusesToPublishIfRowsAreMissing() {
    refuses(rows(1, 5), 7, plan(rows(1, 5)), "5 rows kept and 0 excluded (expected: 7 in all)");
    assertThat(cleanData.latestGeneration()).isEmpty();
  }

  @Test
  void refusesToPublishAPatientOnTwoSides() {
    refuses(
        List.of(new Visit(2, Side.TRAIN), new Visit(3, Side.TEST)),
        2,
        plan(List.of(new Visit(2, Side.TRAIN), new Visit(3, Side.TRAIN))),
        "1 patients are on more than one side (expected: none)");
  }

  @Test
  void refusesToPublishAPatientWhoHasMoved() {
    publish(rows(1, 10), 0);
    List<Visit> moved = new ArrayList<>(rows(1, 10));
    moved.removeIf(visit -> visit.id() == 4 || visit.id() == 5);
    moved.add(new Visit(4, Side.TRAIN));
    moved.add(new Visit(5, Side.TRAIN));
    refuses(moved, 10, plan(rows(1, 10)), "1 patients are on more than one side (expected: none)");
  }

  @Test
  void refusesToPublishOtherNumbersThanTheSplitSays() {
    refuses(
        List.of(new Visit(2, Side.TRAIN), new Visit(4, Side.TRAIN)),
        2,
        plan(List.of(new Visit(2, Side.TRAIN), new Visit(4, Side.TEST))),
        "new patients with 1,0 encounters by class: train 2, validation 0, test 0"
            + " (expected: train 1, validation 0, test 1, as the split says)");
  }

  @Test
  void isPreparedByOneProcessAtATime() {
    try (CleanDataDraft draft = cleanData.begin("input", 5)) {
      assertThatThrownBy(() -> cleanData.begin("other", 5).close())
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("another process is preparing it");
      write(draft.run(), rows(1, 5), 0);
      published(draft.run(), plan(rows(1, 5)));
    }
    cleanData.begin("input", 5).close();
  }

  @Test
  void saysThatThereIsNothingToRead() {
    assertThatThrownBy(() -> cleanData.read(Side.TRAIN, row -> {}))
        .isInstanceOf(DatabaseException.class)
        .hasMessage("clean_data: nothing there yet (expected: a prepare run)");
  }

  @Test
  void keepsTheSideOfEveryPatientWithTheStratumAndTheCuts() throws Exception {
    Generation generation = publish(rows(1, 10), 0);
    assertThat(
            TestDatabase.query(
                settings,
                "SELECT patient, dataset, stratum FROM split_assignment ORDER BY patient"))
        .containsExactly(
            "0|train|1,0",
            "1|validation|1,1",
            "2|test|2,0",
            "3|train|1,1",
            "4|validation|1,1",
            "5|test|1,0");
    assertThat(
            TestDatabase.query(
                settings,
                "SELECT stratum, train_patients, validation_patients, test_patients, train_kept"
                    + " FROM split_threshold ORDER BY 1"))
        .containsExactly("1,0|1|0|1|0", "1,1|1|2|0|0", "2,0|0|0|1|0");
    assertThat(
            TestDatabase.query(
                settings,
                "SELECT assignment_sha256 = encode(sha256(string_agg(patient || E'\\t' || dataset"
                    + " || E'\\n', '' ORDER BY patient)::bytea), 'hex')"
                    + " FROM split_assignment, clean_data_generation GROUP BY assignment_sha256"))
        .containsExactly("t");
    assertThat(cleanData.sides(new long[] {2, 5, 77}))
        .isEqualTo(Map.of(2L, Side.TEST, 5L, Side.TEST));
    assertThat(cleanData.profile(generation.number())).contains("{}");
  }

  @Test
  void handsOverACertificateOfWhatItPublishes() {
    List<SplitCertificate> certificates = new ArrayList<>();
    publish(rows(1, 10), 2);
    Generation second;
    try (CleanDataDraft draft = cleanData.begin("input", 14)) {
      write(draft.run(), rows(1, 14), 0);
      Map<Long, Side> kept = cleanData.sides(new long[] {0, 1, 2, 3, 4, 5, 6, 7});
      SplitPlan plan = SplitPlans.of(rows(1, 14), kept.keySet());
      second =
          ((Publication.Published) cleanData.publish(draft.run(), plan, "{}", certificates::add))
              .generation();
    }
    assertThat(certificates).hasSize(1);
    SplitCertificate certificate = certificates.get(0);
    assertThat(certificate.getContract()).isEqualTo("alta.testing.Visit");
    assertThat(certificate.getGeneration()).isEqualTo(second.number());
    assertThat(certificate.getPublishedAt()).isEqualTo(second.createdAt().toString());
    assertThat(certificate.getAssignmentSha256())
        .isEqualTo(second.assignmentSha256().orElseThrow());
    assertThat(certificate.getRowsKept()).isEqualTo(14);
    assertThat(certificate.getSidesList())
        .extracting(side -> side.getSide() + " " + side.getPatients())
        .containsExactly("train 3", "validation 3", "test 2");
    assertThat(certificate.getStrataList())
        .anySatisfy(
            stratum -> {
              assertThat(stratum.getEncounters()).isEqualTo("1,1");
              assertThat(stratum.getKept().getValidation()).isEqualTo(2);
              assertThat(stratum.getFresh().getTrain()).isEqualTo(1);
              assertThat(stratum.getDeviation().getValidation()).isEqualTo(1.2);
            });
  }

  private void refuses(List<Visit> rows, long rowsRead, SplitPlan plan, String message) {
    try (CleanDataDraft draft = cleanData.begin("input", rowsRead)) {
      write(draft.run(), rows, 0);
      assertThatThrownBy(() -> cleanData.publish(draft.run(), plan, "{}", certificate -> {}))
          .isInstanceOf(DatabaseException.class)
          .hasMessage("clean_data: " + message);
    }
  }

  private Generation publish(List<Visit> rows, long excluded) {
    try (CleanDataDraft draft = cleanData.begin("input", rows.size() + excluded)) {
      write(draft.run(), rows, excluded);
      assertThat(cleanData.rowsDone(draft.run())).isEqualTo(rows.size() + excluded);
      return published(draft.run(), plan(rows));
    }
  }

  private Generation published(long run, SplitPlan plan) {
    Publication publication = cleanData.publish(run, plan, "{}", certificate -> {});
    return ((Publication.Published) publication).generation();
  }

  private BatchWrite write(long run, List<Visit> rows, long excluded) {
    return cleanData.write(
        run,
        1,
        batch -> {
          rows.forEach(visit -> batch.keep(Visits.clean(visit.id()), visit.side()));
          for (long i = 0; i < excluded; i++) {
            batch.exclude("hospice care");
          }
        });
  }

  /** The plan that these rows follow, those being new who have no side yet. */
  private SplitPlan plan(List<Visit> rows) {
    long[] patients = rows.stream().mapToLong(visit -> visit.id() / 2).toArray();
    return SplitPlans.of(rows, cleanData.sides(patients).keySet());
  }

  private static List<Visit> rows(long from, long to) {
    List<Visit> rows = new ArrayList<>();
    for (long id = from; id != to; id += Long.signum(to - from)) {
      rows.add(new Visit(id, sideOf(id)));
    }
    rows.add(new Visit(to, sideOf(to)));
    return rows;
  }

  private static Side sideOf(long id) {
    return List.of(Side.TRAIN, Side.VALIDATION, Side.TEST).get((int) (id / 2 % 3));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
