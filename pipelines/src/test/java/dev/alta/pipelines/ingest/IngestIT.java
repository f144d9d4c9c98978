package dev.alta.pipelines.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.TestDatabase;
import dev.alta.pipelines.VisitFile;
import dev.alta.testing.Visit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestIT {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());

  @TempDir Path folder;
  private DatabaseSettings database;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.empty();
  }

  @Test
  void storesEveryRowOnceAndRefusesAChangedFile() throws Exception {
    List<String> rows = VisitFile.rows(350);
    Path file = VisitFile.write(folder.resolve("visits.csv"), rows.subList(0, 200));
    IngestResult first = ingest(file);
    assertThat(first.accepted()).isEqualTo(200);
    assertThat(first.newBatches()).isEqualTo(2);

    IngestResult again = ingest(file);
    assertThat(again.alreadyThere()).isEqualTo(200);
    assertThat(again.accepted()).isZero();

    VisitFile.write(file, rows);
    AtomicLong told = new AtomicLong();
    IngestResult grown =
        Ingest.run(settings(file), CONTRACT, (unit, done, total) -> told.set(done));
    assertThat(grown.accepted()).isEqualTo(150);
    assertThat(grown.alreadyThere()).isEqualTo(200);
    assertThat(told).hasValue(150);
    assertThat(query("SELECT count(*), min(visit_id), max(visit_id) FROM raw_data"))
        .containsExactly("350|1|350");
    assertThat(query("SELECT batch_number, rows_read, accepted FROM ingest_batch ORDER BY 1"))
        .containsExactly("1|100|100", "2|100|100", "3|100|100", "4|50|50");

    rows.set(0, rows.get(1));
    VisitFile.write(file, rows);
    assertThatThrownBy(() -> ingest(file))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith("batch 1 of visits.csv: content ");
    assertThat(query("SELECT count(*) FROM raw_data")).containsExactly("350");
  }

  @Test
  void keepsRejectedAndCountsDuplicateRowsOfACompressedFile() throws Exception {
    List<String> rows = VisitFile.rows(150);
    rows.set(4, "5,7,surgery,99,0,428,maybe");
    rows.set(120, "too,few");
    rows.set(130, rows.get(10)); // a duplicate in another batch
    rows.set(140, rows.get(20).replaceAll(",[0-9.]+,([0-9]*),", ",29.5,$1,")); // a contradiction
    Path file = VisitFile.write(folder.resolve("visits.csv.gz"), rows);
    IngestResult result =
        Ingest.run(settings(file).withMaxRejects(0.5), CONTRACT, Progress.UNWATCHED);

    assertThat(result)
        .extracting(
            IngestResult::source,
            IngestResult::read,
            IngestResult::accepted,
            IngestResult::duplicates,
            IngestResult::rejected)
        .containsExactly("visits.csv", 150L, 146L, 1L, 3L);
    assertThat(query("SELECT line, reasons->0->>'column', raw_text FROM rejected_rows ORDER BY 1"))
        .containsExactly(
            "6|creatinine|5,7,surgery,99,0,428,maybe",
            "122|row|too,few",
            "142|visit_id|" + rows.get(140));
  }

  @Test
  void takesAllFilesThatMatchAPattern() throws Exception {
    List<String> rows = VisitFile.rows(300);
    VisitFile.write(folder.resolve("2026-01.csv"), rows.subList(0, 120));
    VisitFile.write(folder.resolve("2026-02.csv.gz"), rows.subList(120, 180));
    String pattern = folder + "/2026-*.csv*";
    IngestSettings settings = IngestSettings.of(database, pattern).withBatchRows(100);
    Ingest.run(settings, CONTRACT, Progress.UNWATCHED);
    VisitFile.write(folder.resolve("2026-03.csv"), rows.subList(180, 300));
    IngestResult second = Ingest.run(settings, CONTRACT, Progress.UNWATCHED);

    assertThat(second)
        .extracting(IngestResult::read, IngestResult::accepted, IngestResult::alreadyThere)
        .containsExactly(300L, 120L, 180L);
    assertThat(query("SELECT source, sum(accepted) FROM ingest_batch GROUP BY 1 ORDER BY 1"))
        .containsExactly("2026-01.csv|120", "2026-02.csv|60", "2026-03.csv|120");
    IngestSettings none = IngestSettings.of(database, folder + "/2027-*.csv");
    assertThatThrownBy(() -> Ingest.run(none, CONTRACT, Progress.UNWATCHED))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("2027-*.csv: no such file (expected: at least one that matches)");
  }

  @Test
  void goesOnWithinTheLastBatchOfAFileThatHasGrown() throws Exception {
    List<String> rows = VisitFile.rows(230);
    Path file = VisitFile.write(folder.resolve("visits.csv"), rows.subList(0, 130));
    ingest(file);
    VisitFile.write(file, rows);

    assertThat(ingest(file).accepted()).isEqualTo(100);
    assertThat(query("SELECT batch_number, first_line, rows_read FROM ingest_batch ORDER BY 1"))
        .containsExactly("1|2|100", "2|102|30", "3|132|100");
    assertThat(query("SELECT count(*) FROM raw_data")).containsExactly("230");
    assertThat(ingest(file).alreadyThere()).isEqualTo(230);

    Files.writeString(file, "31," + rows.get(0), StandardOpenOption.APPEND);
    ingest(file, 1);
    Files.writeString(file, "es\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> ingest(file))
        .isInstanceOf(PipelineException.class)
        .hasMessageEndingWith(
            "line 232 has become longer since it was ingested (expected: new rows on new lines)");
  }

  @Test
  void storesWhatIsGoodAndFailsWhereTooManyRowsContradictStoredOnes() throws Exception {
    List<String> rows = VisitFile.rows(200);
    ingest(VisitFile.write(folder.resolve("visits.csv"), rows.subList(0, 100)));
    for (int i = 50; i < 100; i++) {
      rows.set(i, rows.get(i).replaceAll(",[0-9.]+,([0-9]*),", ",29.5,$1,"));
    }
    Path other = VisitFile.write(folder.resolve("other.csv"), rows.subList(50, 200));

    assertThatThrownBy(() -> ingest(other))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("other.csv: 50 of 150 new rows were rejected (expected: at most 1%)");
    assertThat(query("SELECT count(*) FROM raw_data")).containsExactly("200");
    assertThat(query("SELECT reason, count(*) FROM rejected_rows GROUP BY 1"))
        .containsExactly("conflict|50");
  }

  @Test
  void storesNothingOfAFileWithTooManyRowsToReject() throws Exception {
    List<String> rows = VisitFile.rows(200);
    for (int i = 0; i < 3; i++) {
      rows.set(i * 50, "1,7,garage,1,0,428,no");
    }
    Path file = VisitFile.write(folder.resolve("visits.csv"), rows);

    assertThatThrownBy(() -> ingest(file))
        .isInstanceOf(PipelineException.class)
        .hasMessageEndingWith(
            "visits.csv: 3 of 200 new rows would be rejected (expected: at most 1%), nothing was"
                + " stored; most of them for ward in 3 (expected: one of surgery, medicine,"
                + " hospice, or n/a or nothing where it is not recorded)");
    assertThat(query("SELECT count(*) FROM ingest_batch")).containsExactly("0");
  }

  private IngestResult ingest(Path file) {
    return Ingest.run(settings(file), CONTRACT, Progress.UNWATCHED);
  }

  private void ingest(Path file, double maxRejects) {
    Ingest.run(settings(file).withMaxRejects(maxRejects), CONTRACT, Progress.UNWATCHED);
  }

  private IngestSettings settings(Path file) {
    return IngestSettings.of(database, file).withBatchRows(100);
  }

  private List<String> query(String sql) throws Exception {
    return TestDatabase.query(database, sql);
  }
}
