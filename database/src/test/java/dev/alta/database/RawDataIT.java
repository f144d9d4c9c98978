package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import dev.alta.database.RejectedRow.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RawDataIT {
  private DatabaseSettings settings;
  private Database database;
  private RawData rawData;

  @BeforeEach
  void open() throws Exception {
    settings = TestDatabase.empty();
    database = Database.open(settings, Visits.CONTRACT);
    rawData = database.rawData();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void givesBackWhatWasStored() {
    StoredBatch stored = rawData.store(batch(1, 50), visits(1, 50), List.of(), "test");
    List<Row> read = new ArrayList<>();
    rawData.read(stored.entry().batchId(), read::add);

    assertThat(read).isEqualTo(LongStream.rangeClosed(1, 50).mapToObj(Visits::visit).toList());
    assertThat(stored.isNew()).isTrue();
    assertThat(rawData.batches("visits")).containsExactly(stored.entry());
  }

  @Test
  void storesABatchOnce() {
    rawData.store(batch(1, 50), visits(1, 50), List.of(), "test");
    StoredBatch again = rawData.store(batch(1, 50), visits(1, 50), List.of(), "test");

    assertThat(again.isNew()).isFalse();
    assertThat(again.entry().accepted()).isEqualTo(50);
    assertThat(rawData.count()).isEqualTo(50);
  }

  @Test
  void hasOneWinnerAmongAttemptsAtTheSameTime() {
    List<CompletableFuture<StoredBatch>> attempts =
        List.of(1, 2, 3, 4).stream()
            .map(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> rawData.store(batch(1, 500), visits(1, 500), List.of(), "test")))
            .toList();

    assertThat(attempts)
        .extracting(CompletableFuture::join)
        .filteredOn(StoredBatch::isNew)
        .hasSize(1);
    assertThat(rawData.count()).isEqualTo(500);
  }

  @Test
  void movesTheWatermarkOverBatchesWithoutAGapOnly() {
    assertThat(rawData.watermark("visits")).isZero();
    store(2);
    assertThat(rawData.watermark("visits")).isZero();
    store(1);
    assertThat(rawData.watermark("visits")).isEqualTo(2);
    store(4);
    store(5);
    assertThat(rawData.watermark("visits")).isEqualTo(2);
    store(3);
    assertThat(rawData.watermark("visits")).isEqualTo(5);
    assertThat(rawData.watermark("others")).isZero();
  }

  @Test
  void missesNoBatchWhenNeighboursAreStoredAtTheSameTime() {
    List<CompletableFuture<Void>> attempts =
        LongStream.rangeClosed(1, 24)
            .mapToObj(number -> CompletableFuture.runAsync(() -> store((int) number)))
            .toList();
    attempts.forEach(CompletableFuture::join);

    assertThat(rawData.watermark("visits")).isEqualTo(24);
  }

  @Test
  void leavesTheWatermarkWhereABatchCouldNotBeStored() {
    store(1);
    RejectedRow twice = new RejectedRow(7, Reason.CONTRACT, List.of(), "");

    assertThatThrownBy(
            () -> rawData.store(batch(2, 4), visits(50, 51), List.of(twice, twice), "test"))
        .isInstanceOf(DatabaseException.class);
    assertThat(rawData.watermark("visits")).isEqualTo(1);
    assertThat(rawData.batches("visits")).hasSize(1);
  }

  @Test
  void givesTheLedgerAPageAtATimeWithItsSums() {
    store(1);
    store(2);
    store(3);
    List<LedgerEntry> all = rawData.batches();

    List<LedgerEntry> latest = rawData.batchesBefore(Long.MAX_VALUE, 2);
    assertThat(latest).containsExactly(all.get(2), all.get(1));
    assertThat(rawData.batchesBefore(latest.get(1).batchId(), 2)).containsExactly(all.get(0));
    assertThat(rawData.totals()).isEqualTo(new LedgerTotals(3, 30, 30, 0, 0));
  }

  @Test
  void givesRejectedRowsAPageAtATimeWithTheirReasonsInOrder() {
    Violation age = new Violation("age", "\"x\\", "one of [0-10), [10-20)");
    Violation ward = new Violation("ward", "", "a text");
    rawData.store(
        batch(1, 12),
        visits(1, 10),
        List.of(
            new RejectedRow(3, Reason.CONTRACT, List.of(age, ward), "x,"),
            new RejectedRow(9, Reason.FORMAT, List.of(age), "y")),
        "test");
    rawData.store(
        batch(2, 2),
        visits(20, 20),
        List.of(new RejectedRow(5, Reason.CONTRACT, List.of(age), "z")),
        "test");

    List<StoredReject> first = rawData.rejectsBefore(Long.MAX_VALUE, Long.MAX_VALUE, 2);
    assertThat(first).extracting(reject -> reject.row().line()).containsExactly(5L, 9L);
    StoredReject last = first.get(1);
    assertThat(last.row().reason()).isEqualTo(Reason.FORMAT);
    List<StoredReject> rest = rawData.rejectsBefore(last.batchId(), last.row().line(), 2);
    assertThat(rest)
        .singleElement()
        .satisfies(
            reject -> {
              assertThat(reject.source()).isEqualTo("visits");
              assertThat(reject.row())
                  .isEqualTo(new RejectedRow(3, Reason.CONTRACT, List.of(age, ward), "x,"));
            });
    assertThat(rawData.rejectCauses(1_000, 5))
        .containsExactly(
            new RejectCause("age", age.expected(), 3), new RejectCause("ward", "a text", 1));
    assertThat(rawData.rejectCauses(1, 5))
        .containsExactly(new RejectCause("age", age.expected(), 1));
  }

  private void store(int number) {
    rawData.store(batch(number, 10), visits(number * 10L, number * 10L + 9), List.of(), "test");
  }

  @Test
  void refusesAnotherContentUnderTheSameNumber() {
    rawData.store(batch(1, 50), visits(1, 50), List.of(), "test");
    IngestBatch changed = new IngestBatch("visits", 1, "other", 2, 0, 100, 50);

    assertThatThrownBy(() -> rawData.store(changed, visits(51, 100), List.of(), "test"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("batch 1 of visits: content other (expected: sha, as ingested on");
    assertThat(rawData.count()).isEqualTo(50);
  }

  @Test
  void countsRowsThatAreThereAsDuplicatesAndRejectsContradictingOnes() throws Exception {
    rawData.store(batch(1, 50), visits(1, 50), List.of(), "test");
    AcceptedRows rows = Visits.rows(List.of(Visits.visit(41, "yes")));
    Visits.visits(42, 60).forEach(row -> Visits.add(rows, row));
    StoredBatch second = rawData.store(batch(2, 20), rows, List.of(), "test");

    assertThat(second.entry())
        .extracting(LedgerEntry::accepted, LedgerEntry::duplicates, LedgerEntry::rejected)
        .containsExactly(10, 9, 1);
    assertThat(rawData.count()).isEqualTo(60);
    assertThat(
            TestDatabase.query(
                settings,
                "SELECT line, reason, reasons->0->>'column', reasons->0->>'value', reasons->0->>'expected',"
                    + " raw_text FROM rejected_rows"))
        .containsExactly(
            "2|conflict|visit_id|41|no conflict: the row that is stored under this key has other values|the"
                + " text of line 2");
  }

  @Test
  void keepsTheFirstOfSeveralRowsWithTheSameKeyInABatch() {
    AcceptedRows rows = visits(1, 3);
    Visits.add(rows, Visits.visit(2));
    Visits.add(rows, Visits.visit(2, "yes"));
    StoredBatch stored = rawData.store(batch(1, 5), rows, List.of(), "test");

    assertThat(stored.entry())
        .extracting(LedgerEntry::accepted, LedgerEntry::duplicates, LedgerEntry::rejected)
        .containsExactly(3, 1, 1);
    List<Row> read = new ArrayList<>();
    rawData.read(stored.entry().batchId(), read::add);
    assertThat(read).contains(Visits.visit(2)).hasSize(3);
  }

  @Test
  void storesBatchesWithTheSameKeysAsIfInTheirOrderWhicheverComesFirst() throws Exception {
    // Visit 1 is in batches 1, 2 and 3, with another value in 2; so 2 conflicts, 3 is a duplicate.
    RunOrder order = new RunOrder(List.of(new RunOrder.OfSource("visits", Set.of(1, 2, 3))));
    List<AcceptedRows> batches =
        List.of(
            Visits.rows(List.of(Visits.visit(1), Visits.visit(10))),
            Visits.rows(List.of(Visits.visit(1, "yes"), Visits.visit(20))),
            Visits.rows(List.of(Visits.visit(1), Visits.visit(30))));
    List<List<Integer>> orders =
        List.of(
            List.of(1, 2, 3),
            List.of(1, 3, 2),
            List.of(2, 1, 3),
            List.of(2, 3, 1),
            List.of(3, 1, 2),
            List.of(3, 2, 1));
    for (List<Integer> tries : orders) {
      TestDatabase.execute(
          settings, "TRUNCATE raw_data, rejected_rows, ingest_batch, source_watermark");
      Stream.concat(tries.stream(), Stream.of(1, 2, 3))
          .forEach(
              number ->
                  rawData.store(
                      batch(number, 2), batches.get(number - 1), List.of(), "test", order));

      assertThat(
              TestDatabase.query(
                  settings,
                  "SELECT visit_id, came_back, batch_number FROM raw_data"
                      + " JOIN ingest_batch USING (batch_id) ORDER BY 1"))
          .as("%s", tries)
          .containsExactly("1|no|1", "10|no|1", "20|no|2", "30|yes|3");
      assertThat(
              TestDatabase.query(
                  settings,
                  "SELECT batch_number, accepted, duplicates, rejected FROM ingest_batch"
                      + " ORDER BY 1"))
          .as("%s", tries)
          .containsExactly("1|2|0|0", "2|1|0|1", "3|1|1|0");
      assertThat(rawData.watermark("visits")).isEqualTo(3);
    }
  }

  @Test
  void keepsTheTextOfRejectedRowsWhateverIsInIt() throws Exception {
    String text = "tab\t newline\n return\r backslash\\ \\N quote\" é 日本 \uD83D\uDE00";
    RejectedRow row =
        new RejectedRow(
            7,
            Reason.CONTRACT,
            List.of(new Violation("ward", text + "\0", "one of a, \"b\"")),
            text + "\0");
    rawData.store(batch(1, 1), Visits.rows(List.of()), List.of(row), "test");

    assertThat(
            TestDatabase.query(
                settings, "SELECT raw_text, reasons->0->>'value' FROM rejected_rows"))
        .containsExactly(text + "\uFFFD|" + text + "\uFFFD");
  }

  private static IngestBatch batch(int number, int rows) {
    return new IngestBatch("visits", number, "sha", 2, 0, 100, rows);
  }

  private static AcceptedRows visits(long from, long to) {
    return Visits.rows(Visits.visits(from, to));
  }
}
