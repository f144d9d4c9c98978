package dev.alta.app.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.proto.v1.Encounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutcomeFileTest {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @TempDir private Path folder;
  private final List<String> outcomes = new ArrayList<>();

  private OutcomeFile read(String text) throws IOException {
    Path path = folder.resolve("outcomes.csv");
    Files.writeString(path, text);
    OutcomeFile file = new OutcomeFile(CsvFile.at(path), CONTRACT);
    file.read((line, encounter, outcome) -> outcomes.add(line + " " + encounter + " " + outcome));
    return file;
  }

  @Test
  void readsKeyAndTargetAmongOtherColumns() throws IOException {
    OutcomeFile file = read("\uFEFFreadmitted,age,encounter_id\r\nNO,x,7\n\"<30\",,8\n\n>30,, 9\n");
    assertThat(outcomes).containsExactly("2 7 NO", "3 8 <30", "5 9 >30");
    assertThat(file.rows()).isEqualTo(3);
    assertThat(file.rejected()).isZero();
  }

  @Test
  void namesLineFieldValueAndWhatWasExpectedOfEachBadRow() throws IOException {
    OutcomeFile file =
        read("encounter_id,readmitted\n1,NO\n2,maybe\nx,NO\n,NO\n3,\n4\n5,\"NO\n6,NO\n");
    assertThat(outcomes).containsExactly("2 1 NO");
    assertThat(file.rejects())
        .extracting(reject -> reject.line() + " " + reject.violation().message())
        .containsExactly(
            "3 readmitted: maybe (expected: one of NO, >30, <30)",
            "4 encounter_id: x (expected: a whole number from 1 to 9007199254740991)",
            "5 encounter_id: missing (expected: a whole number from 1 to 9007199254740991)",
            "6 readmitted: missing (expected: one of NO, >30, <30)",
            "7 row: 1 cells (expected: 2 cells of CSV)",
            "8 row: not readable (expected: 2 cells of CSV)");
    assertThat(file.rejected()).isEqualTo(6);
  }

  @Test
  void refusesAFileWithoutTheColumns() {
    assertThatThrownBy(() -> read("encounter_id,outcome\n1,NO\n"))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("outcomes.csv: header: unknown: outcome (expected: encounter_id,");
    assertThatThrownBy(() -> read("encounter_id\n1\n")).hasMessageContaining("missing: readmitted");
    assertThatThrownBy(() -> read("encounter_id,encounter_id,readmitted\n"))
        .hasMessageContaining("twice: encounter_id");
  }
}
