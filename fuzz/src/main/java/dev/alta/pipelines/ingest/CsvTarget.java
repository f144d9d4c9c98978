package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.database.IngestBatch;
import dev.alta.database.RejectedRow;
import dev.alta.fuzz.Choices;
import dev.alta.fuzz.Expect;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.csv.Header;
import dev.alta.pipelines.csv.RecordSplitter;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A CSV file as ingest reads it. First byte: which contract, whose header, in which pieces. */
public final class CsvTarget {
  private static final Contract VISITS = Contract.of(Visit.getDescriptor());
  private static final Contract ENCOUNTERS = Contract.of(Encounter.getDescriptor());
  // They remember cells from one file to the next, as a worker's do.
  private static final BatchParser VISIT_ROWS = new BatchParser(VISITS, Header.all(VISITS));
  private static final BatchParser ENCOUNTER_ROWS =
      new BatchParser(ENCOUNTERS, Header.all(ENCOUNTERS));

  private CsvTarget() {}

  public static List<byte[]> seeds() {
    String rows =
        "1,7,surgery,1.50,2,428,no\r\n2,8,n/a,0.9,,V57.1,yes\n3,8,\"medicine\",2,3,E849,no";
    String header = "visit_id,Person-No,ward,creatinine,falls,cause,came_back\n";
    return List.of(
        bytes("\0" + rows),
        bytes("\5" + rows),
        bytes("\2" + header + rows),
        bytes("\2\uFEFF" + header));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static boolean run(byte[] input) throws IOException {
    Choices choices = new Choices(input);
    int options = choices.next();
    byte[] file = choices.rest();
    int piece = 1 + (options >> 2);
    List<byte[]> records = split(file, piece);
    records.forEach(CsvTarget::roundTrip);
    Contract contract = (options & 1) == 0 ? VISITS : ENCOUNTERS;
    if ((options & 2) == 0) {
      parse(contract, Header.all(contract), contract == VISITS ? VISIT_ROWS : ENCOUNTER_ROWS, file);
      return true;
    }
    return withHeader(contract, file, records);
  }

  private static boolean withHeader(Contract contract, byte[] file, List<byte[]> records)
      throws IOException {
    if (records.isEmpty()) {
      return false;
    }
    List<String> names =
        CsvRecord.text(records.get(0))
            .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
            .flatMap(CsvRecord::cells)
            .orElse(List.of());
    Header header;
    try {
      header = Header.read("file.csv", contract, names);
    } catch (PipelineException refused) {
      Expect.words(refused.getMessage());
      return false;
    }
    RecordSplitter first = new RecordSplitter(new ByteArrayInputStream(file), 0, 1);
    Expect.that(first.next(), "no header where there was one");
    byte[] rest = Arrays.copyOfRange(file, (int) first.nextOffset(), file.length);
    parse(contract, header, new BatchParser(contract, header), rest);
    return true;
  }

  /** Splits, in pieces and as a whole, and holds the one against the other. */
  private static List<byte[]> split(byte[] file, int piece) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    RecordSplitter pieces = new RecordSplitter(new Pieces(file, piece), 0, 1, copy);
    RecordSplitter whole = new RecordSplitter(new ByteArrayInputStream(file), 0, 1);
    List<byte[]> records = new ArrayList<>();
    while (pieces.next()) {
      Expect.that(whole.next(), "a record in pieces that is none as a whole");
      Expect.that(Arrays.equals(pieces.bytes(), whole.bytes()), "another record in pieces");
      Expect.same(pieces.line(), whole.line(), "line");
      Expect.same(pieces.nextOffset(), whole.nextOffset(), "offset");
      int from = (int) pieces.offset();
      byte[] there = Arrays.copyOfRange(file, from, from + pieces.bytes().length);
      Expect.that(Arrays.equals(there, pieces.bytes()), "a record is not where it is said to be");
      records.add(pieces.bytes());
    }
    Expect.that(!whole.next(), "a record as a whole that is none in pieces");
    Expect.that(Arrays.equals(copy.toByteArray(), file), "bytes that were not gone past");
    return records;
  }

  /** What is read is written so that it is read as the same again. */
  private static void roundTrip(byte[] record) {
    Optional<List<String>> cells = CsvRecord.text(record).flatMap(CsvRecord::cells);
    if (cells.isPresent()) {
      Expect.same(CsvRecord.cells(CsvRecord.line(cells.get())), cells, "cells");
    }
  }

  /** Each row is accepted or rejected, as the slow way through the contract does. */
  private static void parse(Contract contract, Header header, BatchParser parser, byte[] file)
      throws IOException {
    List<byte[]> records = split(file, file.length + 1);
    IngestBatch batch = new IngestBatch("s", 1, "", 2, 0, file.length, records.size());
    BatchParser.Parsed parsed = parser.parse(batch, file);
    List<RejectedRow> rejected = parsed.rejected();
    rejected.forEach(row -> Expect.violations(row.violations()));
    Expect.same(parsed.accepted().size() + rejected.size(), records.size(), "rows");
    Expect.same(parser.rejected(batch, file), rejected, "rejects");
    String accepted =
        records.stream()
            .flatMap(record -> accepted(contract, header, record).stream())
            .map(row -> copied(contract, row) + "\n")
            .collect(Collectors.joining());
    Expect.same(parsed.accepted().text(), accepted, "accepted");
  }

  private static Optional<Row> accepted(Contract contract, Header header, byte[] record) {
    List<Column> columns = header.columns(contract);
    Optional<List<String>> cells = CsvRecord.text(record).flatMap(CsvRecord::cells);
    if (cells.isEmpty() || cells.get().size() != columns.size()) {
      return Optional.empty();
    }
    Intake intake = new Intake(contract, Door.STORE);
    for (int i = 0; i < columns.size(); i++) {
      intake.text(columns.get(i), cells.get().get(i));
    }
    return intake.finish() instanceof Checked.Accepted row
        ? Optional.of(row.row())
        : Optional.empty();
  }

  private static String copied(Contract contract, Row row) {
    return contract.stored().stream()
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

  /** Gives so many bytes at a time, at most. */
  private static final class Pieces extends ByteArrayInputStream {
    private final int piece;

    Pieces(byte[] bytes, int piece) {
      super(bytes);
      this.piece = piece;
    }

    @Override
    public synchronized int read(byte[] into, int from, int most) {
      return super.read(into, from, Math.min(most, piece));
    }
  }
}
