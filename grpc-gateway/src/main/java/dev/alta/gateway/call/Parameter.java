package dev.alta.gateway.call;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of a path, a parameter behind the question mark, or a header. It is checked before the
 * handler sees a request.
 *
 * @param repeated whether it may be there several times
 * @param example one that works; empty: none
 */
public record Parameter(
    String name, Place place, String description, Kind kind, boolean repeated, String example) {
  /** Where it stands. */
  public enum Place {
    PATH,
    QUERY,
    HEADER
  }

  /** What it may be. */
  public sealed interface Kind {
    /** In words. */
    String expected();

    boolean accepts(String value);

    /** The fields of its JSON Schema. */
    void schema(JsonGenerator json) throws IOException;
  }

  /** A whole number. */
  public record Whole(int min, int max) implements Kind {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    @Override
    public String expected() {
      return "a whole number from " + min + " to " + max;
    }

    @Override
    public boolean accepts(String value) {
      return DIGITS.matcher(value).matches()
          && Integer.parseInt(value) >= min
          && Integer.parseInt(value) <= max;
    }

    @Override
    public void schema(JsonGenerator json) throws IOException {
      json.writeStringField("type", "integer");
      json.writeNumberField("minimum", min);
      json.writeNumberField("maximum", max);
    }
  }

  /** One of some words. */
  public record OneOf(List<String> values) implements Kind {
    public static final OneOf TRUE_OR_FALSE = new OneOf(List.of("true", "false"));

    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", values);
    }

    @Override
    public boolean accepts(String value) {
      return values.contains(value);
    }

    @Override
    public void schema(JsonGenerator json) throws IOException {
      json.writeStringField("type", "string");
      json.writeArrayFieldStart("enum");
      for (String value : values) {
        json.writeString(value);
      }
      json.writeEndArray();
    }
  }

  /**
   * A text.
   *
   * @param pattern of the whole of it, in the words that Java and JavaScript share
   * @param expected in words
   */
  public record Text(Pattern pattern, String expected) implements Kind {
    @Override
    public boolean accepts(String value) {
      return pattern.matcher(value).matches();
    }

    @Override
    public void schema(JsonGenerator json) throws IOException {
      json.writeStringField("type", "string");
      json.writeStringField("pattern", "^(?:" + pattern.pattern() + ")$");
    }
  }

  /** A part of the path. */
  public static Parameter path(String name, String description, Kind kind, String example) {
    return new Parameter(name, Place.PATH, description, kind, false, example);
  }

  /** One behind the question mark that may be left out. */
  public static Parameter query(String name, String description, Kind kind, String example) {
    return new Parameter(name, Place.QUERY, description, kind, false, example);
  }

  /** A header that may be left out. */
  public static Parameter header(String name, String description, Kind kind) {
    return new Parameter(name, Place.HEADER, description, kind, false, "");
  }

  /** One behind the question mark that may be there several times. */
  public static Parameter queries(String name, String description, Kind kind) {
    return new Parameter(name, Place.QUERY, description, kind, true, "");
  }
}
