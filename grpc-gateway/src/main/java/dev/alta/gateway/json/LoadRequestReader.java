package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.alta.core.contract.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code {"model": "champion"}}: an alias or a version, 3 or "3"; or nothing at all. */
public final class LoadRequestReader {
  private static final String MODEL = "model";
  private static final int LONGEST = 64;

  /** What the body turned out to be. */
  public sealed interface Read {
    /** The model to load; empty for what the alias points to. */
    record Model(String model) implements Read {}

    /** No such request. */
    record Wrong(Problem problem) implements Read {}
  }

  private LoadRequestReader() {}

  public static Read read(byte[] bytes) {
    Optional<String> text = JsonText.decode(bytes);
    if (text.isPresent() && text.get().isBlank()) {
      return new Read.Model("");
    }
    if (text.isEmpty()) {
      return new Read.Wrong(Problem.malformed("the body is not UTF-8"));
    }
    try (JsonParser json = JsonText.parser(text.get())) {
      return read(json);
    } catch (JsonProcessingException invalid) {
      return new Read.Wrong(Problem.malformed(JsonText.complaint(invalid)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string in memory cannot fail", impossible);
    }
  }

  private static Read read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return malformed();
    }
    String model = "";
    List<Violation> violations = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (!name.equals(MODEL)) {
        violations.add(new Violation(name, "given", "only the field model"));
      } else if ((value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT)
          && json.getTextLength() <= LONGEST) {
        model = json.getText();
      } else {
        violations.add(
            new Violation(name, EncounterReader.kind(value), "an alias or a version, in quotes"));
      }
      json.skipChildren();
    }
    if (json.nextToken() != null) {
      return malformed();
    }
    return violations.isEmpty()
        ? new Read.Model(model)
        : new Read.Wrong(Problem.invalid(violations));
  }

  private static Read malformed() {
    return new Read.Wrong(
        Problem.malformed("expected nothing, or one object such as {\"model\": \"champion\"}"));
  }
}
