package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Row;
import dev.alta.core.split.Place;
import dev.alta.core.split.Side;
import dev.alta.core.split.SplitPlan;
import dev.alta.core.split.Stratum;
import dev.alta.core.split.StratumCut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CleanDataIT {
  private static final SplitPlan PLAN =
      SplitPlan.of(
          7,
          List.of(
              new StratumCut(
                  new Stratum(List.of(1, 0)), 3, 1, 1, new Place(10, 1), new Place(20, 2))));

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
    assertThat(published.splitSha256()).isEqualTo(PLAN.sha256());
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
    try (CleanDataDraft draft = cleanData.begin()) {
      assertThat(write(draft, rows(1, 5))).isTrue();
      assertThat(write(draft, rows(1, 5))).isFalse();
      assertThat(draft.publish("input", 5).kept()).isEqualTo(5);
    }
  }

  @Test
  void showsNothingOfADraftThatWasNotPublished() throws Exception {
    publish(rows(1, 10), 0);
    try (CleanDataDraft draft = cleanData.begin()) {
      write(draft, rows(11, 15));
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
    try (CleanDataDraft draft = cleanData.begin()) {
      write(draft, rows(1, 5));
      assertThatThrownBy(() -> draft.publish("input", 7))
          .isInstanceOf(DatabaseException.class)
          .hasMessage("clean_data: 5 rows kept and 0 excluded (expected: 7 in all)");
    }
    assertThat(cleanData.latestGeneration()).isEmpty();
  }

  @Test
  void refusesToPublishAPatientOnTwoSides() {
    try (CleanDataDraft draft = cleanData.begin()) {
      write(
          draft,
          List.of(
              new CleanRow(Visits.clean(2), Side.TRAIN), new CleanRow(Visits.clean(3), Side.TEST)));
      assertThatThrownBy(() -> draft.publish("input", 2))
          .isInstanceOf(DatabaseException.class)
          .hasMessage("clean_data: 1 patients are on more than one side (expected: none)");
    }
  }

  @Test
  void isPreparedByOneProcessAtATime() {
    try (CleanDataDraft draft = cleanData.begin()) {
      assertThatThrownBy(() -> cleanData.begin().close())
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("another process is preparing it");
      write(draft, rows(1, 5));
      draft.publish("input", 5);
    }
    cleanData.begin().close();
  }

  @Test
  void saysThatThereIsNothingToRead() {
    assertThatThrownBy(() -> cleanData.read(Side.TRAIN, row -> {}))
        .isInstanceOf(DatabaseException.class)
        .hasMessage("clean_data: nothing there yet (expected: a prepare run)");
  }

  @Test
  void keepsTheSideOfEveryPatientAndTheCuts() throws Exception {
    publish(rows(1, 10), 0);
    assertThat(
            TestDatabase.query(
                settings, "SELECT patient, dataset FROM split_assignment ORDER BY patient"))
        .containsExactly("0|train", "1|validation", "2|test", "3|train", "4|validation", "5|test");
    assertThat(TestDatabase.query(settings, "SELECT stratum, train_patients FROM split_threshold"))
        .containsExactly("1,0|3");
  }

  private Generation publish(List<CleanRow> rows, long excluded) {
    try (CleanDataDraft draft = cleanData.begin()) {
      Map<String, Long> reasons = excluded == 0 ? Map.of() : Map.of("hospice care", excluded);
      cleanData.write(draft.run(), 1, rows, reasons);
      cleanData.save(draft.run(), PLAN);
      assertThat(cleanData.rowsDone(draft.run())).isEqualTo(rows.size() + excluded);
      return draft.publish("input", rows.size() + excluded);
    }
  }

  private boolean write(CleanDataDraft draft, List<CleanRow> rows) {
    cleanData.save(draft.run(), PLAN);
    return cleanData.write(draft.run(), 1, rows, Map.of());
  }

  private static List<CleanRow> rows(long from, long to) {
    List<CleanRow> rows = new ArrayList<>();
    for (long id = from; id != to; id += Long.signum(to - from)) {
      rows.add(new CleanRow(Visits.clean(id), sideOf(id)));
    }
    rows.add(new CleanRow(Visits.clean(to), sideOf(to)));
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
