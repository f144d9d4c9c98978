package dev.alta.scorer.oip;

import dev.alta.core.contract.Column;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The protocol's datatypes that a column may come in. */
enum TensorType {
  BOOL(1, Kind.TRUTH, "bool_contents"),
  INT8(1, Kind.SIGNED, "int_contents"),
  INT16(2, Kind.SIGNED, "int_contents"),
  INT32(4, Kind.SIGNED, "int_contents"),
  INT64(8, Kind.SIGNED, "int64_contents"),
  UINT8(1, Kind.UNSIGNED, "uint_contents"),
  UINT16(2, Kind.UNSIGNED, "uint_contents"),
  UINT32(4, Kind.UNSIGNED, "uint_contents"),
  UINT64(8, Kind.UNSIGNED, "uint64_contents"),
  FP32(4, Kind.DECIMAL, "fp32_contents"),
  FP64(8, Kind.DECIMAL, "fp64_contents"),
  /** Texts in UTF-8. */
  BYTES(0, Kind.TEXT, "bytes_contents");

  /** How an element is read. */
  enum Kind {
    TRUTH,
    SIGNED,
    UNSIGNED,
    DECIMAL,
    TEXT
  }

  private static final Set<TensorType> NUMBERS = EnumSet.range(INT8, BYTES);

  private final int width;
  private final Kind kind;
  private final String contents;

  TensorType(int width, Kind kind, String contents) {
    this.width = width;
    this.kind = kind;
    this.contents = contents;
  }

  static Optional<TensorType> of(String datatype) {
    return Arrays.stream(values()).filter(type -> type.name().equals(datatype)).findFirst();
  }

  /** Those that a column may come in; the first one is what the metadata say. */
  static Set<TensorType> of(Column column) {
    if (column.type() != Column.Type.TEXT) {
      return NUMBERS;
    }
    return isYesOrNo(column) ? EnumSet.of(BYTES, BOOL) : EnumSet.of(BYTES);
  }

  /** What the metadata say of a column. */
  static TensorType usual(Column column) {
    return switch (column.type()) {
      case TEXT -> BYTES;
      case WHOLE -> INT64;
      case DECIMAL -> FP64;
    };
  }

  static String words(Set<TensorType> types) {
    return types.stream().map(TensorType::name).collect(Collectors.joining(", "));
  }

  private static boolean isYesOrNo(Column column) {
    List<String> values = column.values().stream().map(Column.Value::value).sorted().toList();
    return values.equals(List.of("No", "Yes"));
  }

  /** Bytes of an element in raw form; 0 where each says its length itself. */
  int width() {
    return width;
  }

  Kind kind() {
    return kind;
  }

  /** The field of the typed contents that is meant for it. */
  String contents() {
    return contents;
  }

  /** Whether it can hold a whole number; typed contents are wider than some types. */
  boolean holds(long value) {
    int bits = 8 * width;
    if (bits == 64) {
      return true;
    }
    return kind == Kind.UNSIGNED
        ? value >> bits == 0
        : value >= -(1L << (bits - 1)) && value < 1L << (bits - 1);
  }
}
