package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.google.protobuf.UnsafeByteOperations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** From bytes to JSON tokens and from values to bytes. */
public final class JsonText {
  private static final int DEEPEST = 32;
  private static final int USUAL_SIZE = 512;
  // Jackson takes these for the sign of another coding.
  private static final int BYTES_THAT_TELL = 4;

  // NaN and Infinity are read as the numbers they claim to be, so that they are refused by the name
  // of their field, together with all other violations. Names are not interned: callers make them.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /** Writes one JSON value. */
  public interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private JsonText() {}

  /** Whether bytes are UTF-8; a parser alone would take other codings, and some that are none. */
  static boolean isUtf8(byte[] bytes) {
    for (int i = 0; i < Math.min(BYTES_THAT_TELL, bytes.length); i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    return UnsafeByteOperations.unsafeWrap(bytes).isValidUtf8();
  }

  /** Reads bytes that are UTF-8. */
  static JsonParser parser(byte[] bytes) throws IOException {
    return FACTORY.createParser(bytes);
  }

  /** What is wrong with a text that is no JSON, in words for the caller. */
  static String complaint(JsonProcessingException problem) {
    JsonLocation place = problem.getLocation();
    String where =
        place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    if (problem instanceof JsonEOFException) {
      return "the body ends before its JSON does" + where;
    } else if (problem instanceof StreamConstraintsException) {
      return "the body is nested more than "
          + DEEPEST
          + " deep or has a number or name that is far too long";
    }
    return "the body is not valid JSON" + where;
  }

  /** A value as UTF-8. */
  public static byte[] bytes(Writing value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_SIZE);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      value.to(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
    return bytes.toByteArray();
  }

  /** The same as text. */
  public static String write(Writing value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }
}
