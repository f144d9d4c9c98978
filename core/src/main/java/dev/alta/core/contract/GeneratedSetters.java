package dev.alta.core.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.lang.invoke.MethodType;

/**
 * The setters of a generated message's builder as functions that take a column's value from a row:
 * bound once, and no value is boxed.
 */
final class GeneratedSetters {
  // By the column's index.
  private final Cell[] cells;

  /**
   * Binds the setters of a builder's class.
   *
   * @throws IllegalArgumentException if it is not the generated class of the contract's message
   */
  GeneratedSetters(Class<? extends Message.Builder> type, Contract contract) {
    this.cells =
        contract.columns().stream().map(column -> cell(type, column.field())).toArray(Cell[]::new);
  }

  /** Sets a column's field to what a row has recorded there. */
  void set(Message.Builder message, Row row, Column column) {
    cells[column.index()].set(message, row, column);
  }

  @FunctionalInterface
  private interface Cell {
    void set(Message.Builder message, Row row, Column column);
  }

  @FunctionalInterface
  interface OfText {
    void of(Message.Builder message, String value);
  }

  @FunctionalInterface
  interface OfInt {
    void of(Message.Builder message, int value);
  }

  @FunctionalInterface
  interface OfLong {
    void of(Message.Builder message, long value);
  }

  @FunctionalInterface
  interface OfFloat {
    void of(Message.Builder message, float value);
  }

  @FunctionalInterface
  interface OfDouble {
    void of(Message.Builder message, double value);
  }

  private static Cell cell(Class<? extends Message.Builder> type, FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> {
        OfInt setter = bind(OfInt.class, type, field, int.class);
        yield (message, row, column) -> setter.of(message, Math.toIntExact(row.whole(column)));
      }
      case LONG -> {
        OfLong setter = bind(OfLong.class, type, field, long.class);
        yield (message, row, column) -> setter.of(message, row.whole(column));
      }
      case FLOAT -> {
        OfFloat setter = bind(OfFloat.class, type, field, float.class);
        yield (message, row, column) -> setter.of(message, (float) row.number(column));
      }
      case DOUBLE -> {
        OfDouble setter = bind(OfDouble.class, type, field, double.class);
        yield (message, row, column) -> setter.of(message, row.number(column));
      }
      default -> {
        OfText setter = bind(OfText.class, type, field, String.class);
        yield (message, row, column) -> {
          String text = row.text(column);
          setter.of(message, text == null ? "" : text);
        };
      }
    };
  }

  private static <F> F bind(
      Class<F> face, Class<? extends Message.Builder> type, FieldDescriptor field, Class<?> value) {
    return Accessor.bind(
        face,
        MethodType.methodType(void.class, Message.Builder.class, value),
        type,
        "set" + Accessor.name(field),
        MethodType.methodType(type, value));
  }
}
