package dev.alta.pipelines.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.core.digest.Sha256;
import dev.alta.database.IngestBatch;
import dev.alta.database.RejectedRow;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.VisitFile;
import dev.alta.pipelines.csv.BatchPlanner;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.testing.Visit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchPlannerTest {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());

  @TempDir Path folder;

  @Test
  void cutsAFileIntoRangesThatCoverIt() throws IOException {
    Path file = VisitFile.write(folder.resolve("v.csv"), VisitFile.rows(250));
    byte[] bytes = Files.readAllBytes(file);
    List<IngestBatch> batches = plan(file);

    assertThat(batches).extracting(IngestBatch::rows).containsExactly(100, 100, 50);
    assertThat(batches).extracting(IngestBatch::number).containsExactly(1, 2, 3);
    assertThat(batches).extracting(IngestBatch::firstLine).containsExactly(2L, 102L, 202L);
    long at = VisitFile.HEADER.length() + 2L;
    for (IngestBatch batch : batches) {
      assertThat(batch.byteFrom()).isEqualTo(at);
      at = batch.byteTo();
      assertThat(Sha256.of(Arrays.copyOfRange(bytes, (int) batch.byteFrom(), (int) batch.byteTo())))
          .isEqualTo(batch.sha256());
    }
    assertThat(at).isEqualTo(bytes.length);
  }

  @Test
  void findsTheSameBatchesInACompressedFile() throws IOException {
    List<String> rows = VisitFile.rows(250);
    assertThat(plan(VisitFile.write(folder.resolve("v.csv.gz"), rows)))
        .isEqualTo(plan(VisitFile.write(folder.resolve("v.csv"), rows)));
  }

  @Test
  void findsTheSameFullBatchesInAFileThatHasGrown() throws IOException {
    List<String> rows = VisitFile.rows(400);
    List<IngestBatch> before = plan(VisitFile.write(folder.resolve("v.csv"), rows.subList(0, 300)));
    assertThat(plan(VisitFile.write(folder.resolve("v.csv"), rows)))
        .startsWith(before.toArray(IngestBatch[]::new));
  }

  @Test
  void toleratesAByteOrderMarkAndQuotedNames() throws IOException {
    Path file = folder.resolve("v.csv");
    VisitFile.write(file, "\uFEFF\"visit_id\"" + VisitFile.HEADER.substring(8), VisitFile.rows(20));
    assertThat(plan(file)).hasSize(1);
  }

  @Test
  void acceptsAFileWithoutRows() throws IOException {
    assertThat(plan(write(VisitFile.HEADER))).isEmpty();
  }

  @Test
  void acceptsColumnsInAnyOrderByEitherNameAndWithoutThoseThatMayBeLeftOut() throws IOException {
    Path file = write("person,came_back,cause,creatinine,visit_id\n7,no,428,1.5,1\n");
    List<String> rows = new ArrayList<>();
    planner(file)
        .plan(
            CONTRACT,
            (header, batch, bytes) ->
                rows.add(new BatchParser(CONTRACT, header).parse(batch, bytes).accepted().text()));

    assertThat(rows).containsExactly("1\t7\t\\N\t1.5\t\\N\t428\tno\n");
  }

  @Test
  void namesAllThatIsWrongWithAHeader() {
    assertRefused(
        "visit_id,visit_id,wards,came_back\n",
        "header: unknown: wards; twice: visit_id; missing: person, creatinine, cause (expected:"
            + " the columns of alta.testing.Visit, each once)");
  }

  @Test
  void refusesWhatIsNoFileOfTheContract() {
    assertRefused("", "empty (expected: a CSV file with a header line)");
    assertRefused("\n\n", "no lines (expected: a CSV file with a header line)");
    assertRefused(
        "a,b\n1,2\n",
        "line 1 names no column of alta.testing.Visit (expected: a CSV file with a header line such"
            + " as visit_id, person, ward, creatinine, falls and 2 more)");
    assertRefused("\u0000\u0001\u0002\n", "line 1 names no column");
    assertRefused(VisitFile.HEADER + "\n\"" + "x".repeat(2 << 20), "is a quote not closed?");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> CsvFile.at(folder.resolve("none.csv")))
        .isInstanceOf(PipelineException.class)
        .hasMessageEndingWith("none.csv: not there (expected: a file that can be read)");
  }

  @Test
  void refusesWhatIsNotGzipOrIsCutOff() throws IOException {
    Path plain = folder.resolve("plain.csv.gz");
    Files.writeString(plain, VisitFile.HEADER);
    assertThatThrownBy(() -> CsvFile.at(plain))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("not compressed by gzip");

    Path cut = VisitFile.write(folder.resolve("cut.csv.gz"), VisitFile.rows(1_000));
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> plan(cut))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("cannot be read to its end");
  }

  @Test
  void rejectsRowsThatCannotBeRead() throws IOException {
    Path file = folder.resolve("v.csv");
    byte[] start =
        (VisitFile.HEADER + "\n1,7,surgery,1.5,0,428,no\n1,2\n\"x\"y,7,surgery,1.5,0,428,no\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] latin = "2,7,caf\u00e9,1.5,0,428,no\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(start, start.length + latin.length);
    System.arraycopy(latin, 0, all, start.length, latin.length);
    Files.write(file, all);
    List<RejectedRow> rejected = new ArrayList<>();
    planner(file)
        .plan(
            CONTRACT,
            (header, batch, bytes) ->
                rejected.addAll(new BatchParser(CONTRACT, header).parse(batch, bytes).rejected()));

    assertThat(rejected)
        .extracting(row -> row.line() + " " + row.violations().get(0).message())
        .containsExactly(
            "3 row: 2 cells (expected: 7 cells)",
            "4 row: quotes (expected: a quoted cell ends at its comma, \"\" for a quote)",
            "5 row: not UTF-8 (expected: text in UTF-8)");
    assertThat(rejected.get(0).rawText()).isEqualTo("1,2");
  }

  private void assertRefused(String text, String message) {
    assertThatThrownBy(() -> plan(write(text)))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining(message);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("v.csv"), text);
  }

  private static BatchPlanner planner(Path file) {
    return new BatchPlanner(CsvFile.at(file), "v", 100);
  }

  private static List<IngestBatch> plan(Path file) {
    List<IngestBatch> batches = new ArrayList<>();
    planner(file).plan(CONTRACT, (header, batch, bytes) -> batches.add(batch));
    return batches;
  }
}
