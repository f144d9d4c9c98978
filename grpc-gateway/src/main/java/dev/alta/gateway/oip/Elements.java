package dev.alta.gateway.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.alta.proto.inference.InferTensorContents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a tensor in the protocol's three forms: JSON, the fields that gRPC has for each
 * type, and bytes without gaps, little endian, those of BYTES each after its length.
 */
enum Elements {
  BOOL(1),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  FP32(4),
  FP64(8),
  BYTES(0);

  private final int width;

  Elements(int width) {
    this.width = width;
  }

  /** Those of a type; empty where the type is not known here: then the scorer says so. */
  static Optional<Elements> of(String datatype) {
    for (Elements elements : values()) {
      if (elements.name().equals(datatype)) {
        return Optional.of(elements);
      }
    }
    return Optional.empty();
  }

  /** Where a list stands. In words only where something is wrong: there may be many elements. */
  private record Place(@Nullable Place within, String text) {
    private String whole() {
      return within == null ? text : within.whole() + text;
    }
  }

  /**
   * From JSON, nested as the shape is or not, to gRPC's fields.
   *
   * @param violations what does not fit into the type is added here, by its place
   */
  InferTensorContents read(String tensor, JsonNode data, Violations violations) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    read(new Place(null, tensor), data, contents, violations);
    return contents.build();
  }

  private void read(
      Place place, JsonNode list, InferTensorContents.Builder contents, Violations violations) {
    int i = 0;
    for (JsonNode element : list) {
      if (violations.isFull()) {
        return;
      }
      if (element.isArray()) {
        read(new Place(place, "[" + i + "]"), element, contents, violations);
      } else if (!add(element, contents)) {
        violations.add(place.whole() + "[" + i + "]", Json.shown(element), expectation());
      }
      i++;
    }
  }

  private boolean add(JsonNode value, InferTensorContents.Builder contents) {
    switch (this) {
      case BOOL -> {
        return value.isBoolean() && contents.addBoolContents(value.booleanValue()) != null;
      }
      case BYTES -> {
        return value.isTextual()
            && isWhole(value.textValue())
            && contents.addBytesContents(ByteString.copyFromUtf8(value.textValue())) != null;
      }
      case FP32 -> {
        return value.isNumber() && contents.addFp32Contents(value.floatValue()) != null;
      }
      case FP64 -> {
        return value.isNumber() && contents.addFp64Contents(value.doubleValue()) != null;
      }
      default -> {
        return value.isIntegralNumber() && addWhole(value.bigIntegerValue(), contents);
      }
    }
  }

  /** Whether no character is there by half; as UTF-8 such a one would become a question mark. */
  private static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private boolean addWhole(BigInteger value, InferTensorContents.Builder contents) {
    boolean signed = this == INT8 || this == INT16 || this == INT32 || this == INT64;
    int bits = 8 * width;
    if (signed ? value.bitLength() >= bits : value.signum() < 0 || value.bitLength() > bits) {
      return false;
    }
    switch (this) {
      case INT64 -> contents.addInt64Contents(value.longValue());
      case UINT64 -> contents.addUint64Contents(value.longValue());
      case UINT8, UINT16, UINT32 -> contents.addUintContents(value.intValue());
      default -> contents.addIntContents(value.intValue());
    }
    return true;
  }

  private String expectation() {
    return switch (this) {
      case BOOL -> "true or false, as the tensor is of BOOL";
      case BYTES -> "a text, as the tensor is of BYTES";
      case FP32, FP64 -> "a number, as the tensor is of " + this;
      default -> "a whole number that " + this + " can hold";
    };
  }

  /** From gRPC's fields to bytes. */
  ByteString pack(InferTensorContents contents) {
    if (this == BYTES) {
      return packTexts(contents.getBytesContentsList());
    }
    int count = count(contents);
    ByteBuffer bytes = ByteBuffer.allocate(count * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      switch (this) {
        case BOOL -> bytes.put((byte) (contents.getBoolContents(i) ? 1 : 0));
        case INT8 -> bytes.put((byte) contents.getIntContents(i));
        case INT16 -> bytes.putShort((short) contents.getIntContents(i));
        case INT32 -> bytes.putInt(contents.getIntContents(i));
        case INT64 -> bytes.putLong(contents.getInt64Contents(i));
        case UINT8 -> bytes.put((byte) contents.getUintContents(i));
        case UINT16 -> bytes.putShort((short) contents.getUintContents(i));
        case UINT32 -> bytes.putInt(contents.getUintContents(i));
        case UINT64 -> bytes.putLong(contents.getUint64Contents(i));
        case FP32 -> bytes.putFloat(contents.getFp32Contents(i));
        case FP64 -> bytes.putDouble(contents.getFp64Contents(i));
        case BYTES -> throw new IllegalStateException("of no width");
      }
    }
    return ByteString.copyFrom(bytes.flip());
  }

  private int count(InferTensorContents contents) {
    return switch (this) {
      case BOOL -> contents.getBoolContentsCount();
      case INT8, INT16, INT32 -> contents.getIntContentsCount();
      case INT64 -> contents.getInt64ContentsCount();
      case UINT8, UINT16, UINT32 -> contents.getUintContentsCount();
      case UINT64 -> contents.getUint64ContentsCount();
      case FP32 -> contents.getFp32ContentsCount();
      case FP64 -> contents.getFp64ContentsCount();
      case BYTES -> contents.getBytesContentsCount();
    };
  }

  private static ByteString packTexts(List<ByteString> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteString text : texts) {
      byte[] length =
          ByteBuffer.allocate(Integer.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(text.size())
              .array();
      bytes.writeBytes(length);
      bytes.writeBytes(text.toByteArray());
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  /** From bytes, as the scorer has written them, to a flat list in JSON. */
  void write(ByteString packed, JsonGenerator json) throws IOException {
    ByteBuffer bytes = packed.asReadOnlyByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
    json.writeStartArray();
    while (bytes.hasRemaining()) {
      switch (this) {
        case BOOL -> json.writeBoolean(bytes.get() != 0);
        case INT8 -> json.writeNumber(bytes.get());
        case INT16 -> json.writeNumber(bytes.getShort());
        case INT32 -> json.writeNumber(bytes.getInt());
        case INT64 -> json.writeNumber(bytes.getLong());
        case UINT8 -> json.writeNumber(Byte.toUnsignedInt(bytes.get()));
        case UINT16 -> json.writeNumber(Short.toUnsignedInt(bytes.getShort()));
        case UINT32 -> json.writeNumber(Integer.toUnsignedLong(bytes.getInt()));
        case UINT64 -> json.writeNumber(Long.toUnsignedString(bytes.getLong()));
        case FP32 -> json.writeNumber(bytes.getFloat());
        case FP64 -> json.writeNumber(bytes.getDouble());
        case BYTES -> {
          int length = bytes.getInt();
          int begin = bytes.position();
          json.writeString(packed.substring(begin, begin + length).toStringUtf8());
          bytes.position(begin + length);
        }
      }
    }
    json.writeEndArray();
  }
}
