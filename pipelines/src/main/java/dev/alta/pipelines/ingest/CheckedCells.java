package dev.alta.pipelines.ingest;

import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the cells of one column, by their bytes. What a cell becomes depends on nothing
 * else, and most columns have few different ones: each is checked once by {@link Intake} and then
 * known. Numbers of an open column are too many to know, but those in plain digits are easily
 * checked.
 */
final class CheckedCells {
  /** As COPY writes "not recorded". */
  static final byte[] NOT_RECORDED = {'\\', 'N'};

  /** A cell's own bytes are what is stored. */
  static final byte[] AS_IT_IS = {};

  private static final int SLOTS = 1 << 13;
  private static final int MOST = SLOTS / 2;
  private static final int MOST_DIGITS = 18; // any number of them fits into a long

  private final Contract contract;
  private final Column column;
  // Null where a slot is free.
  private final byte[][] cells = new byte[SLOTS][];
  private final byte[][] stored = new byte[SLOTS][];
  private final boolean openNumber;
  private final long least;
  private final long most;
  private int size;

  CheckedCells(Contract contract, Column column) {
    this.contract = contract;
    this.column = column;
    String marker = column.missingMarker();
    boolean markedByDigits = marker != null && marker.chars().allMatch(Character::isDigit);
    this.openNumber = column.type() == Column.Type.WHOLE && column.open() && !markedByDigits;
    boolean isInt = column.field().getJavaType() == JavaType.INT;
    double min = column.hasRange() ? column.min() : Long.MIN_VALUE;
    double max = column.hasRange() ? column.max() : Long.MAX_VALUE;
    this.least = Math.max((long) Math.ceil(min), isInt ? Integer.MIN_VALUE : Long.MIN_VALUE);
    this.most = Math.min((long) Math.floor(max), isInt ? Integer.MAX_VALUE : Long.MAX_VALUE);
  }

  /**
   * What is stored of a cell, as COPY writes it; {@link #AS_IT_IS} for the cell's own bytes. Null
   * where it is refused, or where it takes the long way to find out.
   *
   * @param hash of the cell's bytes, the same for the same bytes
   */
  byte @Nullable [] find(byte[] bytes, int from, int to, int hash) {
    if (openNumber && isPlainNumber(bytes, from, to)) {
      return AS_IT_IS;
    }
    int slot = (hash ^ hash >>> 13) & SLOTS - 1;
    byte @Nullable [] cell;
    while ((cell = cells[slot]) != null) {
      if (Arrays.equals(cell, 0, cell.length, bytes, from, to)) {
        return stored[slot];
      }
      slot = slot + 1 & SLOTS - 1;
    }
    byte[] result = check(bytes, from, to);
    if (result != null && size < MOST) {
      cells[slot] = Arrays.copyOfRange(bytes, from, to);
      stored[slot] = result;
      size++;
    }
    return result;
  }

  /** Digits without a leading zero, within the column's bounds. */
  private boolean isPlainNumber(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0 || length > MOST_DIGITS || (bytes[from] == '0' && length > 1)) {
      return false;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      number = number * 10 + digit;
    }
    return number >= least && number <= most;
  }

  private byte @Nullable [] check(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isPlain(bytes[i])) {
        return null;
      }
    }
    String text = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    return Intake.stored(contract, Door.STORE, column, text)
        .map(accepted -> copied(text, accepted.text()))
        .orElse(null);
  }

  private static byte[] copied(String given, @Nullable String accepted) {
    if (accepted == null) {
      return NOT_RECORDED;
    }
    return accepted.equals(given) ? AS_IT_IS : accepted.getBytes(StandardCharsets.US_ASCII);
  }

  /** ASCII that stands for itself in CSV and COPY alike. */
  private static boolean isPlain(byte b) {
    return b >= ' ' && b < 0x7f && b != '\\' && b != '"';
  }
}
