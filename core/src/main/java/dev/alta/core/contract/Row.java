package dev.alta.core.contract;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one encounter in the order of {@link Contract#columns()}: texts as they are,
 * numbers unboxed. A value may be "not recorded".
 *
 * <p>Not safe for use by several threads while it is written.
 */
public final class Row {
  // As the bits of a decimal this is -0.0, which put() turns into 0.0, so it stands for nothing
  // else.
  private static final long NOT_RECORDED = Long.MIN_VALUE;

  private final Contract contract;
  private final long[] numbers;
  private final @Nullable String[] texts;

  /** A row of the contract with nothing recorded. */
  public Row(Contract contract) {
    this.contract = contract;
    this.numbers = new long[contract.size()];
    this.texts = new String[contract.size()];
    Arrays.fill(numbers, NOT_RECORDED);
  }

  /** A copy that shares nothing with the given row. */
  public Row(Row other) {
    this.contract = other.contract;
    this.numbers = other.numbers.clone();
    this.texts = other.texts.clone();
  }

  public Contract contract() {
    return contract;
  }

  public boolean recorded(Column column) {
    return column.type() == Column.Type.TEXT
        ? texts[column.index()] != null
        : numbers[column.index()] != NOT_RECORDED;
  }

  /** The text of a TEXT column, or null where not recorded. */
  public @Nullable String text(Column column) {
    return texts[column.index()];
  }

  /**
   * The number of a WHOLE column.
   *
   * @throws IllegalStateException where not recorded
   */
  public long whole(Column column) {
    long value = numbers[column.index()];
    if (value == NOT_RECORDED) {
      throw new IllegalStateException(column + " is not recorded");
    }
    return value;
  }

  /** The number of a WHOLE or DECIMAL column; NaN where not recorded. */
  public double number(Column column) {
    long value = numbers[column.index()];
    if (value == NOT_RECORDED) {
      return Double.NaN;
    }
    return column.type() == Column.Type.WHOLE ? value : Double.longBitsToDouble(value);
  }

  /**
   * The value in the text form of files and of the contract's lists, or null where not recorded.
   */
  public @Nullable String asText(Column column) {
    if (!recorded(column)) {
      return null;
    }
    return switch (column.type()) {
      case TEXT -> texts[column.index()];
      case WHOLE -> Long.toString(numbers[column.index()]);
      case DECIMAL -> Double.toString(number(column));
    };
  }

  /** Position of the value in the column's list; -1 where not recorded or not listed. */
  public int position(Column column) {
    if (column.values().isEmpty() || !recorded(column)) {
      return -1;
    }
    if (column.type() == Column.Type.WHOLE) {
      return column.position(numbers[column.index()]);
    }
    String text = asText(column);
    return text == null ? -1 : column.position(text);
  }

  public void put(Column column, String text) {
    texts[column.index()] = text;
  }

  public void put(Column column, long whole) {
    numbers[column.index()] = whole;
  }

  public void put(Column column, double decimal) {
    numbers[column.index()] = Double.doubleToRawLongBits(decimal + 0.0);
  }

  public void clear(Column column) {
    texts[column.index()] = null;
    numbers[column.index()] = NOT_RECORDED;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Row row
        && contract.name().equals(row.contract.name())
        && Arrays.equals(numbers, row.numbers)
        && Arrays.equals(texts, row.texts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(numbers) + Arrays.hashCode(texts);
  }

  /** Names the contract only: values are patient data and must not reach a log by accident. */
  @Override
  public String toString() {
    return "Row of " + contract.name();
  }
}
