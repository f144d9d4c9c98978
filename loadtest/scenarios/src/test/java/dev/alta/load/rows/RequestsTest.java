package dev.alta.load.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alta.core.contract.Column;
import dev.alta.load.scenario.Call;
import dev.alta.proto.v1.Encounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestsTest {
  private static final Rows ROWS = Rows.generate(256, 1);

  @TempDir private Path folder;

  @Test
  void rowsDifferAndNameNobody() {
    assertThat(new HashSet<>(ROWS.encounters())).hasSizeGreaterThan(250);
    List<Column> names = Rows.CONTRACT.columns().stream().filter(Column::identifies).toList();
    assertThat(names).isNotEmpty();
    for (Encounter one : ROWS.encounters()) {
      names.forEach(column -> assertThat(one.hasField(column.field())).isFalse());
      assertThat(one.hasField(Rows.CONTRACT.target().field())).isFalse();
    }
  }

  @Test
  void theSameSeedGivesTheSameRows() {
    assertThat(Rows.generate(64, 5)).isEqualTo(Rows.generate(64, 5));
    assertThat(Rows.generate(64, 5).encounters()).isNotEqualTo(Rows.generate(64, 6).encounters());
  }

  @Test
  void batchesAreOfDifferentRowsAndGoRound() {
    Requests requests = new Requests(ROWS, true);
    assertThat(requests.size(Call.BATCH)).isEqualTo(4);
    assertThat(requests.batch(0).getEncountersList()).hasSize(64);
    assertThat(requests.batch(1)).isNotEqualTo(requests.batch(0)).isEqualTo(requests.batch(5));
    assertThat(requests.batch(0).getHypothetical()).isTrue();
  }

  @Test
  void ghzGetsMessagesAndTheGatewayBodies() throws IOException {
    Requests requests = new Requests(ROWS, false);
    Path file = folder.resolve("rows.json");
    requests.write(Call.PREDICT, file);
    JsonNode messages = new ObjectMapper().readTree(file.toFile());
    assertThat(messages).hasSize(256);
    JsonNode body = new ObjectMapper().readTree(requests.body(3));
    assertThat(messages.get(3).get("encounter")).isEqualTo(body);
    requests.write(Call.STREAM, file);
    assertThat(new ObjectMapper().readTree(file.toFile())).hasSize(64);
  }

  @Test
  void readsRowsOfAFileAndLeavesOutThoseThatCannotBeScored() throws IOException {
    Path file = folder.resolve("rows.csv");
    StringBuilder csv = new StringBuilder();
    List<Column> columns = Rows.CONTRACT.stored();
    csv.append(String.join(",", columns.stream().map(Column::sourceName).toList())).append('\n');
    for (int i = 0; i < 100; i++) {
      Encounter one = ROWS.encounters().get(i);
      csv.append(String.join(",", columns.stream().map(column -> cell(one, column)).toList()))
          .append('\n');
    }
    csv.append("x".repeat(10)).append(",".repeat(columns.size() - 1)).append('\n');
    Files.writeString(file, csv);
    Rows read = Rows.read(file, 1_000);
    assertThat(read.encounters()).isEqualTo(ROWS.encounters().subList(0, 100));
    assertThat(read.origin()).isEqualTo("100 encounters of rows.csv, 1 left out");
    assertThat(Rows.read(file, 70).encounters()).hasSize(70);
  }

  private static String cell(Encounter encounter, Column column) {
    return encounter.hasField(column.field())
        ? encounter.getField(column.field()).toString()
        : column.missingMarker() == null ? "" : column.missingMarker();
  }

  @Test
  void aFileWithTooFewRowsIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("few.csv"), "race,gender\n");
    assertThatThrownBy(() -> Rows.read(file, 10))
        .hasMessageEndingWith("0 rows that can be scored (expected: 64)");
  }
}
