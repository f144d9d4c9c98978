package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** From bytes to JSON tokens and from tokens to text. */
final class JsonText {
  private static final int DEEPEST = 32;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  // NaN and Infinity are read as the numbers they claim to be, so that they are refused by the name
  // of their field, together with all other violations.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  /** Writes one JSON value. */
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private JsonText() {}

  /** The text of UTF-8 bytes, or empty if they are something else. */
  static Optional<String> decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
      return Optional.of(marked ? text.substring(1) : text);
    } catch (CharacterCodingException other) {
      return Optional.empty();
    }
  }

  static JsonParser parser(String text) throws IOException {
    return FACTORY.createParser(text);
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

  static String write(Writing value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      value.to(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string in memory cannot fail", impossible);
    }
    return text.toString();
  }
}
