package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.alta.core.contract.NearestName;
import dev.alta.core.contract.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a small JSON object whose fields are texts: {@code {"who": "Ada", "reason": "…"}}. */
public final class TextFields {
  private static final int MOST_UNKNOWN = 100;
  private static final String ANYTHING = "";
  // Something to read, and no control characters.
  private static final String LINE =
      "^[^\\x00-\\x1f\\x7f-\\x9f]*[^\\x00-\\x20\\x7f-\\x9f][^\\x00-\\x1f\\x7f-\\x9f]*$";

  /**
   * A field.
   *
   * @param longest in characters
   * @param required whether it must be there, with something in it
   * @param number whether a whole number is taken, too: 3 for "3"
   */
  public record Field(String name, String expected, int longest, boolean required, boolean number) {
    private boolean isCalled(String given) {
      return given.equals(name) || given.equals(camel());
    }

    private String camel() {
      StringBuilder camel = new StringBuilder();
      for (int i = 0; i < name.length(); i++) {
        boolean humps = i > 0 && name.charAt(i - 1) == '_';
        if (name.charAt(i) != '_') {
          camel.append(humps ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
        }
      }
      return camel.toString();
    }
  }

  /** What the body turned out to be. */
  public sealed interface Read {
    /** The fields that were given, by name. */
    record Fields(Map<String, String> texts) implements Read {
      public Fields {
        texts = Map.copyOf(texts);
      }

      /** Empty where it was not given. */
      public String text(String field) {
        return texts.getOrDefault(field, "");
      }

      /** The same, empty only where it was not given at all. */
      public Optional<String> given(String field) {
        return Optional.ofNullable(texts.get(field));
      }
    }

    /** No such object. */
    record Wrong(Problem problem) implements Read {}
  }

  private final List<Field> fields;
  private final boolean mayBeEmpty;

  public TextFields(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.mayBeEmpty = fields.stream().noneMatch(Field::required);
  }

  /** Reads a body; one without any content counts as an object without fields if that is enough. */
  public Read read(byte[] bytes) {
    if (!JsonText.isUtf8(bytes)) {
      return new Read.Wrong(Problem.malformed("the body is not UTF-8"));
    }
    try (JsonParser json = JsonText.parser(bytes)) {
      return read(json);
    } catch (JsonProcessingException invalid) {
      return new Read.Wrong(Problem.malformed(JsonText.complaint(invalid)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
  }

  private Read read(JsonParser json) throws IOException {
    JsonToken first = json.nextToken();
    if (first == null && mayBeEmpty) {
      return new Read.Fields(Map.of());
    }
    if (first != JsonToken.START_OBJECT) {
      return malformed(first == null ? "empty" : EncounterReader.kind(first));
    }
    Map<String, String> texts = new HashMap<>();
    List<Violation> violations = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      Optional<Field> field = fields.stream().filter(known -> known.isCalled(name)).findFirst();
      if (field.isPresent()) {
        take(field.get(), json, texts, violations);
      } else if (violations.size() < MOST_UNKNOWN) {
        violations.add(unknown(name, json));
      }
      json.skipChildren();
    }
    if (json.nextToken() != null) {
      return malformed("more than one value");
    }
    requireAll(texts, violations);
    return violations.isEmpty()
        ? new Read.Fields(texts)
        : new Read.Wrong(Problem.invalid(violations));
  }

  private static void take(
      Field field, JsonParser json, Map<String, String> texts, List<Violation> violations)
      throws IOException {
    boolean isText = json.currentToken() == JsonToken.VALUE_STRING;
    boolean isNumber = field.number() && json.currentToken() == JsonToken.VALUE_NUMBER_INT;
    String shown = isText || isNumber ? json.getText() : EncounterReader.kind(json.currentToken());
    if (!(isText || isNumber) || json.getTextLength() > field.longest()) {
      violations.add(new Violation(field.name(), shown, field.expected()));
    } else if (texts.put(field.name(), shown) != null) {
      violations.add(new Violation(field.name(), shown, "given once, but it is there twice"));
    }
  }

  private Violation unknown(String name, JsonParser json) {
    List<String> known = fields.stream().map(Field::name).toList();
    return new Violation(
        Violation.cut(name),
        EncounterReader.kind(json.currentToken()),
        "one of the fields "
            + String.join(", ", known)
            + NearestName.of(name, known).map(nearest -> ", such as " + nearest).orElse(""));
  }

  private void requireAll(Map<String, String> texts, List<Violation> violations) {
    for (Field field : fields) {
      boolean named = violations.stream().anyMatch(v -> v.field().equals(field.name()));
      if (field.required() && !named && texts.getOrDefault(field.name(), "").isBlank()) {
        violations.add(new Violation(field.name(), "", field.expected()));
      }
    }
  }

  private Read malformed(String found) {
    return new Read.Wrong(
        Problem.malformed(
            "the body is "
                + found
                + " (expected: "
                + (mayBeEmpty ? "nothing, or " : "")
                + "a JSON object with "
                + String.join(", ", fields.stream().map(Field::name).toList())
                + ")"));
  }

  /** What is read, as a schema known by a name. */
  public Schema schema(String name) {
    ObjectSchema schema = ObjectSchema.named(name).closed();
    for (Field field : fields) {
      schema.text(
          field.name(), field.expected(), field.longest(), field.required() ? LINE : ANYTHING);
      if (!field.required()) {
        schema.optional();
      }
    }
    return schema.build();
  }
}
