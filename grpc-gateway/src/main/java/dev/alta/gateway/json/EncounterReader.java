package dev.alta.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON body of a request: one object, its keys the contract's names (also the source's
 * names, and lowerCamelCase), its values texts or numbers; a number may stand in quotes. Beside
 * them {@code request_id}. Null counts as not given. Or a list of such objects.
 *
 * <p>Immutable.
 */
public final class EncounterReader {
  /** Longest list, in encounters. */
  public static final int LONGEST_LIST = 1_000;

  private static final String OBJECT = "a JSON object with the encounter's columns";
  private static final String ONE = " (expected: " + OBJECT + ")";
  private static final String ONE_OR_MANY =
      " (expected: " + OBJECT + ", or a list of 1 to 1,000 of them)";

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

  /** Reads a body that is one encounter; collects everything that is wrong with it. */
  public Body read(byte[] bytes) {
    return read(bytes, ONE);
  }

  /** Reads a body that is one encounter or a list of them. */
  public Body readOneOrMany(byte[] bytes) {
    return read(bytes, ONE_OR_MANY);
  }

  private Body read(byte[] bytes, String expected) {
    if (!JsonText.isUtf8(bytes)) {
      return new Body.Malformed("the body is not UTF-8" + expected);
    }
    try (JsonParser json = JsonText.parser(bytes)) {
      Body body = read(json, expected);
      return !(body instanceof Body.Malformed) && json.nextToken() != null
          ? new Body.Malformed("the body goes on after its JSON" + expected)
          : body;
    } catch (JsonProcessingException invalid) {
      return new Body.Malformed(JsonText.complaint(invalid) + expected);
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
  }

  private Body read(JsonParser json, String expected) throws IOException {
    JsonToken first = json.nextToken();
    if (first == null) {
      return new Body.Malformed("the body is empty" + expected);
    }
    if (first == JsonToken.START_ARRAY && expected.equals(ONE_OR_MANY)) {
      return list(json);
    }
    return first == JsonToken.START_OBJECT
        ? new EncounterFields(contract, names, json, new Suggestions()).read()
        : new Body.Malformed("the body is " + kind(first) + expected);
  }

  private Body list(JsonParser json) throws IOException {
    List<Body> items = new ArrayList<>();
    Suggestions suggestions = new Suggestions();
    for (JsonToken item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
      if (items.size() == LONGEST_LIST) {
        return new Body.Malformed("the body is a list of more than 1,000 items" + ONE_OR_MANY);
      }
      items.add(item(json, item, suggestions));
    }
    return items.isEmpty()
        ? new Body.Malformed("the body is an empty list" + ONE_OR_MANY)
        : new Body.Many(items);
  }

  private Body item(JsonParser json, JsonToken item, Suggestions suggestions) throws IOException {
    if (item == JsonToken.START_OBJECT) {
      return new EncounterFields(contract, names, json, suggestions).read();
    }
    json.skipChildren();
    return new Body.Malformed("this item is " + kind(item) + ONE);
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
