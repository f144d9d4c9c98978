package dev.alta.scorer.oip;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Violation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Elements as bytes without gaps, little endian; those of BYTES each after its length in four
 * bytes.
 */
final class RawElements implements Elements {
  /** What was read: the elements, or what is wrong with them. */
  record Read(Elements elements, List<Violation> violations) {}

  private static final int LENGTH = 4;

  private final TensorType type;
  private final ByteString raw;
  private final ByteBuffer numbers;
  // For BYTES, where each element begins, and where the last one ends.
  private final int[] begins;

  private RawElements(TensorType type, ByteString raw, int[] begins) {
    this.type = type;
    this.raw = raw;
    this.numbers = littleEndian(raw);
    this.begins = begins;
  }

  /** Reads what should be so many elements of a type. */
  static Read read(String tensor, TensorType type, int count, ByteString raw) {
    int[] begins = new int[type == TensorType.BYTES ? count : 0];
    List<Violation> violations =
        type == TensorType.BYTES ? find(tensor, raw, begins) : checkSize(tensor, type, count, raw);
    return new Read(new RawElements(type, raw, begins), violations);
  }

  private static List<Violation> checkSize(
      String tensor, TensorType type, int count, ByteString raw) {
    int expected = count * type.width();
    return raw.size() == expected
        ? List.of()
        : List.of(
            new Violation(
                tensor,
                raw.size() + " bytes",
                expected + " bytes, for " + count + " elements of " + type));
  }

  /** From 0 on: the bytes may be part of a larger array where the call stays in the process. */
  private static ByteBuffer littleEndian(ByteString raw) {
    return raw.asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Finds where each text begins. */
  private static List<Violation> find(String tensor, ByteString raw, int[] begins) {
    ByteBuffer bytes = littleEndian(raw);
    for (int i = 0; i < begins.length; i++) {
      if (bytes.remaining() < LENGTH) {
        return List.of(
            new Violation(
                tensor + "[" + i + "]",
                bytes.remaining() + " bytes left",
                "the length of a text in 4 bytes"));
      }
      int length = bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        return List.of(
            new Violation(
                tensor + "[" + i + "]",
                bytes.remaining() + " bytes left",
                "a text of " + Integer.toUnsignedString(length) + " bytes, as its length says"));
      }
      begins[i] = bytes.position();
      bytes.position(bytes.position() + length);
    }
    return bytes.hasRemaining()
        ? List.of(
            new Violation(
                tensor,
                bytes.remaining() + " bytes after the last element",
                begins.length + " elements of BYTES, each after its length in 4 bytes"))
        : List.of();
  }

  @Override
  public boolean truth(int i) {
    return numbers.get(i) != 0;
  }

  @Override
  public long whole(int i) {
    int at = i * type.width();
    return switch (type) {
      case INT8 -> numbers.get(at);
      case INT16 -> numbers.getShort(at);
      case INT32 -> numbers.getInt(at);
      case UINT8 -> Byte.toUnsignedLong(numbers.get(at));
      case UINT16 -> Short.toUnsignedLong(numbers.getShort(at));
      case UINT32 -> Integer.toUnsignedLong(numbers.getInt(at));
      default -> numbers.getLong(at);
    };
  }

  @Override
  public double decimal(int i) {
    return type == TensorType.FP32
        ? numbers.getFloat(i * Float.BYTES)
        : numbers.getDouble(i * Double.BYTES);
  }

  @Override
  public ByteString bytes(int i) {
    int begin = begins[i];
    return raw.substring(begin, begin + numbers.getInt(begin - LENGTH));
  }
}
