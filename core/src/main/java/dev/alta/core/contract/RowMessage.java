package dev.alta.core.contract;

import com.google.protobuf.Message;

/** Writes a row into a message of its contract. */
public final class RowMessage {
  private RowMessage() {}

  /** Sets the fields that are recorded in the row. */
  public static <B extends Message.Builder> B write(Row row, B message) {
    for (Column column : row.contract().columns()) {
      if (row.recorded(column)) {
        message.setField(column.field(), value(row, column));
      }
    }
    return message;
  }

  private static Object value(Row row, Column column) {
    return switch (column.field().getJavaType()) {
      case INT -> Math.toIntExact(row.whole(column));
      case LONG -> row.whole(column);
      case FLOAT -> (float) row.number(column);
      case DOUBLE -> row.number(column);
      default -> {
        String text = row.text(column);
        yield text == null ? "" : text;
      }
    };
  }
}
