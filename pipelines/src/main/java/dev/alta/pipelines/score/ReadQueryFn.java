package dev.alta.pipelines.score;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.pipelines.csv.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** Reads a query by a cursor and hands out its rows in blocks; at least one, which may be empty. */
final class ReadQueryFn extends DoFn<QueryInput, RowBlock> {
  private static final int BLOCK_ROWS = 10_000;

  private final Contract contract;

  ReadQueryFn(Contract contract) {
    this.contract = contract;
  }

  @ProcessElement
  public void read(@Element QueryInput query, OutputReceiver<RowBlock> out) {
    Blocks blocks = new Blocks(out);
    try (Database database = Database.attach(query.database(), contract)) {
      database.queries().read(query.sql(), blocks::add);
    }
    blocks.flush();
  }

  private static final class Blocks {
    private final OutputReceiver<RowBlock> out;
    private final ByteArrayOutputStream csv = new ByteArrayOutputStream();
    private int number;
    private int rows;
    private long firstRow = 1;

    Blocks(OutputReceiver<RowBlock> out) {
      this.out = out;
    }

    void add(List<@Nullable String> values) {
      List<String> cells = new ArrayList<>(values.size());
      for (String value : values) {
        cells.add(value == null ? "" : value);
      }
      // A row of one empty cell would else be an empty line, which is no record.
      String line = cells.equals(List.of("")) ? "\"\"" : CsvRecord.line(cells);
      csv.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
      if (++rows == BLOCK_ROWS) {
        flush();
      }
    }

    void flush() {
      if (rows > 0 || number == 0) {
        out.output(new RowBlock(number++, firstRow, ByteString.copyFrom(csv.toByteArray())));
        firstRow += rows;
        rows = 0;
        csv.reset();
      }
    }
  }
}
