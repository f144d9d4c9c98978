package dev.alta.pipelines.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.database.IngestBatch;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.csv.Header;
import dev.alta.proto.v1.Encounter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Its short way must do what the checks of a row in core do. */
final class BatchParserTest {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final List<String> ODD_CELLS =
      List.of(
          "",
          "?",
          "0",
          "00",
          "007",
          "+5",
          "-5",
          "3.0",
          "3.5",
          "1e2",
          "1e999999999",
          " 5",
          "5 ",
          "None",
          "NULL",
          "N/A",
          "[50-60)",
          "V57",
          "250.83",
          "2147483648",
          "99999999999999999999",
          "999999999999999999",
          "é",
          "日本",
          "\uD83D\uDE00",
          "\\",
          "\\N",
          "a\\b",
          "tab\there",
          "\u007f",
          "\"",
          "a\"b",
          "a,b",
          "two\nlines",
          "cr\rhere",
          "x".repeat(65),
          "x".repeat(64));

  private final Random random = new Random(7);

  @Test
  void acceptsAndRejectsWhatTheIntakeOfARowDoes() {
    for (int round = 0; round < 40; round++) {
      Header header = header();
      List<List<String>> records = records(header, 150);
      assertSame(header, records, new BatchParser(CONTRACT, header));
    }
  }

  @Test
  void remembersRightlyWhatItHasSeenInEarlierBatches() {
    Header header = Header.all(CONTRACT);
    BatchParser parser = new BatchParser(CONTRACT, header);
    for (int round = 0; round < 40; round++) {
      assertSame(header, records(header, 150), parser);
    }
  }

  @Test
  void takesMoreDifferentCellsThanItCanRemember() {
    Contract contract = CONTRACT;
    Header header = Header.all(contract);
    List<List<String>> records = records(header, 6_000);
    int diagnosis = contract.column("diag_1").index();
    for (int i = 0; i < records.size(); i++) {
      records.get(i).set(diagnosis, String.format("%d.%02d", 100 + i / 100, i % 100));
    }
    assertSame(header, records, new BatchParser(contract, header));
  }

  private void assertSame(Header header, List<List<String>> records, BatchParser parser) {
    String text =
        records.stream().map(CsvRecord::line).collect(Collectors.joining("\r\n", "", "\r\n"));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    IngestBatch batch = new IngestBatch("s", 1, "", 2, 0, bytes.length, records.size());
    BatchParser.Parsed parsed = parser.parse(batch, bytes);

    StringBuilder accepted = new StringBuilder();
    List<List<Violation>> rejected = new ArrayList<>();
    for (List<String> record : records) {
      Checked checked = check(header, record);
      if (checked instanceof Checked.Accepted found) {
        accepted.append(copied(found.row())).append('\n');
      } else if (checked instanceof Checked.Rejected found) {
        rejected.add(found.violations());
      }
    }
    assertThat(parsed.accepted().text()).isEqualTo(accepted.toString());
    assertThat(parsed.rejected()).extracting(row -> row.violations()).isEqualTo(rejected);
    assertThat(parser.rejected(batch, bytes)).isEqualTo(parsed.rejected());
    assertThat(rejected).isNotEmpty();
    assertThat(parsed.accepted().size()).isPositive();
  }

  private static Checked check(Header header, List<String> record) {
    Intake intake = new Intake(CONTRACT, Door.STORE);
    List<Column> columns = header.columns(CONTRACT);
    for (int i = 0; i < columns.size(); i++) {
      intake.text(columns.get(i), record.get(i));
    }
    return intake.finish();
  }

  private static String copied(Row row) {
    return CONTRACT.stored().stream()
        .map(row::asText)
        .map(
            value ->
                value == null
                    ? "\\N"
                    : value
                        .replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r"))
        .collect(Collectors.joining("\t"));
  }

  private Header header() {
    List<Integer> columns = new ArrayList<>(Header.all(CONTRACT).columns());
    Collections.shuffle(columns, random);
    return new Header(columns);
  }

  /** Good rows, of which each fifth has a few cells that are odd. */
  private List<List<String>> records(Header header, int n) {
    EncounterGenerator generator =
        new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), random.nextLong());
    List<List<String>> records = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Row row = generator.next();
      List<String> record = new ArrayList<>();
      for (Column column : header.columns(CONTRACT)) {
        String value = row.asText(column);
        record.add(value == null ? "" : value);
      }
      for (int odd = 0; i % 5 == 0 && odd <= random.nextInt(3); odd++) {
        record.set(random.nextInt(record.size()), ODD_CELLS.get(random.nextInt(ODD_CELLS.size())));
      }
      records.add(record);
    }
    return records;
  }
}
