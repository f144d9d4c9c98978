package dev.alta.pipelines.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.Header;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the answer for a day. What it says in errors quotes no value of a row. */
final class DayReader {
  // Whatever names a source makes up, none of them is kept: neither by Java, nor to find it twice.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // It is UTF-8, whatever it begins with.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();
  private static final Set<String> NAMES =
      Set.of(Wire.GROUP, Wire.DAY, Wire.BATCH, Wire.COLUMNS, Wire.DATA);

  private final Contract contract;
  private final SourceUrl url;
  private final int day;
  private final CanonicalRows rows;
  private Header columns;

  private DayReader(Contract contract, SourceUrl url, int day) {
    this.contract = contract;
    this.url = url;
    this.day = day;
    this.columns = Header.all(contract);
    this.rows = new CanonicalRows(contract);
  }

  /**
   * Reads an answer.
   *
   * @throws PipelineException in one line: it is not JSON, has another shape, is for another group
   *     or day, or a row has another width
   */
  static Day read(Contract contract, SourceUrl url, int day, byte[] body) {
    return new DayReader(contract, url, day).read(body);
  }

  /** The value of a text field at the top of an answer; empty where there is none. */
  static String text(byte[] body, String name) {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean found = json.currentName().equals(name);
          if (json.nextToken() == JsonToken.VALUE_STRING && found) {
            return json.getText();
          }
          json.skipChildren();
        }
      }
      return "";
    } catch (IOException notJson) {
      return ""; // then it says nothing
    }
  }

  private Day read(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw wrong("no object", "{\"" + Wire.GROUP + "\":…, \"" + Wire.DATA + "\":[…]}");
      }
      Set<String> found = new HashSet<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (NAMES.contains(name) && !found.add(name)) {
          throw wrong(name + ": twice", "each name once");
        }
        field(name, json, found);
      }
      if (json.nextToken() != null) {
        throw wrong("more behind the object", "one object");
      }
      for (String name : List.of(Wire.GROUP, Wire.DAY, Wire.BATCH, Wire.DATA)) {
        if (!found.contains(name)) {
          throw wrong(name + ": missing", "one in every answer");
        }
      }
      return rows.day();
    } catch (JsonProcessingException notJson) {
      // Its own message would quote what stands there.
      throw new PipelineException(
          url.of(day)
              + ": not JSON at line "
              + notJson.getLocation().getLineNr()
              + ", column "
              + notJson.getLocation().getColumnNr()
              + " (expected: a JSON object)",
          notJson);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void field(String name, JsonParser json, Set<String> found) throws IOException {
    switch (name) {
      case Wire.GROUP -> require(name, json, url.group(), url.group());
      case Wire.DAY -> require(name, json, day, day);
      case Wire.BATCH -> require(name, json, 0, Integer.MAX_VALUE);
      case Wire.COLUMNS -> columns(json, found);
      case Wire.DATA -> data(json);
      default -> json.skipChildren(); // a source may say more
    }
  }

  private void require(String name, JsonParser json, int from, int to) throws IOException {
    String expected = from == to ? Integer.toString(from) : "a whole number from " + from + " on";
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() != JsonParser.NumberType.INT
        || json.getIntValue() < from
        || json.getIntValue() > to) {
      String given = json.currentToken().isScalarValue() ? json.getText() : "a list or object";
      throw wrong(name + ": " + Header.inOneLine(given), expected);
    }
  }

  private void columns(JsonParser json, Set<String> found) throws IOException {
    if (found.contains(Wire.DATA)) {
      throw wrong(Wire.COLUMNS + ": behind " + Wire.DATA, "before it");
    }
    List<String> names = json.currentToken() == JsonToken.START_ARRAY ? list(json) : List.of();
    columns = Header.of(url.of(day) + ": " + Wire.COLUMNS, contract, names);
  }

  private void data(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(Wire.DATA + ": no list", "a list of rows");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_ARRAY) {
        rows.begin();
        listRow(list(json));
      } else if (json.currentToken() == JsonToken.START_OBJECT) {
        rows.begin();
        objectRow(json);
      } else {
        throw wrong(row() + "no row", "a list or an object");
      }
      rows.end(problem -> wrong(row() + problem, "a row of the contract"));
    }
  }

  private void listRow(List<String> values) {
    if (values.size() != columns.columns().size()) {
      throw wrong(
          row() + values.size() + " values",
          columns.columns().size() + ", the columns of " + contract.name());
    }
    for (int i = 0; i < values.size(); i++) {
      rows.put(columns.columns().get(i), values.get(i));
    }
  }

  private void objectRow(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      String value = scalar(json);
      if (contract.findStored(name).isEmpty()) {
        throw wrong(row() + Header.inOneLine(name), "columns of " + contract.name());
      }
      if (!rows.put(contract.column(name).index(), value)) {
        throw wrong(row() + name + " twice", "each column once");
      }
    }
  }

  private List<String> list(JsonParser json) throws IOException {
    List<String> values = new ArrayList<>(contract.size());
    while (json.nextToken() != JsonToken.END_ARRAY) {
      values.add(scalar(json));
    }
    return values;
  }

  /** The text of a value; numbers as they are written; nothing where it is null. */
  private String scalar(JsonParser json) throws IOException {
    if (!json.currentToken().isScalarValue()) {
      throw wrong(row() + "a list or object within", "texts, numbers and null");
    }
    return json.currentToken() == JsonToken.VALUE_NULL ? "" : json.getText();
  }

  private String row() {
    return "row " + rows.number() + ": ";
  }

  private PipelineException wrong(String found, String expected) {
    return new PipelineException(url.of(day) + ": " + found + " (expected: " + expected + ")");
  }
}
