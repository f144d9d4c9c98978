package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.database.AcceptedRows;
import dev.alta.pipelines.csv.RecordSplitter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Takes rows from the bytes of CSV to the bytes of COPY without making an object of any value. */
final class ShortWay {
  /** For each cell of a record: what is known of its column's cells, and the column's position. */
  private final CheckedCells[] cells;

  private final int[] columns;

  /** For each column of the contract: what is stored of the record at hand. */
  private final byte[][] stored;

  private final int[] from;
  private final int[] to;
  private final boolean inOrder;

  /** Whether nothing of the record at hand is stored in other words or in another order. */
  private boolean asItIs;

  ShortWay(Contract contract, List<Column> header) {
    this.cells =
        header.stream()
            .map(column -> new CheckedCells(contract, column))
            .toArray(CheckedCells[]::new);
    this.columns = header.stream().mapToInt(Column::index).toArray();
    this.stored = new byte[contract.stored().size()][];
    this.from = new int[contract.stored().size()];
    this.to = new int[contract.stored().size()];
    this.inOrder =
        header.size() == contract.stored().size()
            && IntStream.range(0, columns.length).allMatch(cell -> columns[cell] == cell);
    Arrays.fill(stored, CheckedCells.NOT_RECORDED); // stays so for columns that are not in the file
  }

  /** Whether a record without quotes could be taken. */
  boolean accepts(RecordSplitter record) {
    return readCells(record.buffer(), record.start(), record.end());
  }

  /**
   * Takes a record without quotes.
   *
   * @return false, with nothing written, where this is not the way to take it
   */
  boolean parse(RecordSplitter record, AcceptedRows rows) {
    if (!accepts(record)) {
      return false;
    }
    if (asItIs) {
      rows.plainRow(record.buffer(), record.start(), record.end() - record.start());
    } else {
      writeFields(record.buffer(), rows);
    }
    BatchParser.endRow(record, rows);
    return true;
  }

  private void writeFields(byte[] bytes, AcceptedRows rows) {
    for (int column = 0; column < stored.length; column++) {
      byte[] value = stored[column];
      if (value == CheckedCells.AS_IT_IS) {
        rows.plainField(bytes, from[column], to[column] - from[column]);
      } else {
        rows.plainField(value, 0, value.length);
      }
    }
  }

  private boolean readCells(byte[] bytes, int start, int end) {
    int at = start;
    asItIs = inOrder;
    for (int cell = 0; cell < cells.length; cell++) {
      int cellStart = at;
      int hash = 0;
      while (at < end && bytes[at] != ',') {
        hash = 31 * hash + bytes[at++];
      }
      boolean isLast = cell == cells.length - 1;
      if (isLast != (at == end)) {
        return false; // too few cells, or too many
      }
      byte[] value = cells[cell].find(bytes, cellStart, at, hash);
      if (value == null) {
        return false;
      }
      asItIs &= value == CheckedCells.AS_IT_IS;
      int column = columns[cell];
      stored[column] = value;
      from[column] = cellStart;
      to[column] = at;
      at++; // the comma
    }
    return true;
  }
}
