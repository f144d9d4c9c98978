package dev.alta.pipelines.source;

/**
 * The rows of a day in their canonical form, the same for either form of rows: CSV records in UTF-8
 * with all columns of the contract in its order, each ended by a line feed.
 */
public final class Day {
  private final byte[] csv;
  private final int rows;

  Day(byte[] csv, int rows) {
    this.csv = csv;
    this.rows = rows;
  }

  public static Day withoutRows() {
    return new Day(new byte[0], 0);
  }

  /** The records; not copied, so to be left as they are. */
  public byte[] csv() {
    return csv;
  }

  /** How many they are. */
  public int rows() {
    return rows;
  }
}
