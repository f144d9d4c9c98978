package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the JSON body of a request: one object, its keys the contract's names (also the source's
 * names, and lowerCamelCase), its values texts or numbers; a number may stand in quotes. Beside
 * them {@code request_id}. Null counts as not given.
 *
 * <p>Immutable.
 */
public final class EncounterReader {
  private static final String EXPECTED = " (expected: a JSON object with the encounter's columns)";

  private final Contract contract;
  private final Map<String, Column> names = new HashMap<>();

  public EncounterReader(Contract contract) {
    this.contract = contract;
    for (Column column : contract.columns()) {
      names.put(column.field().getJsonName(), column);
    }
    // Last, so that where two names meet the column's own wins.
    for (Column column : contract.columns()) {
      names.put(column.sourceName(), column);
      names.put(column.name(), column);
    }
  }

  /** Reads a body; collects everything that is wrong with it. */
  public Body read(byte[] bytes) {
    Optional<String> text = JsonText.decode(bytes);
    if (text.isEmpty()) {
      return new Body.Malformed("the body is not UTF-8" + EXPECTED);
    }
    try (JsonParser json = JsonText.parser(text.get())) {
      return read(json);
    } catch (JsonProcessingException invalid) {
      return new Body.Malformed(JsonText.complaint(invalid) + EXPECTED);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a string in memory cannot fail", impossible);
    }
  }

  private Body read(JsonParser json) throws IOException {
    JsonToken first = json.nextToken();
    if (first == null) {
      return new Body.Malformed("the body is empty" + EXPECTED);
    }
    if (first != JsonToken.START_OBJECT) {
      return new Body.Malformed("the body is " + kind(first) + EXPECTED);
    }
    EncounterFields fields = new EncounterFields(contract, names, json);
    Body body = fields.read();
    if (json.nextToken() != null) {
      return new Body.Malformed("the body goes on after the JSON object" + EXPECTED);
    }
    return body;
  }

  /** What a value is, for people. */
  static String kind(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "a list";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a text";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "a number";
    };
  }
}
