package dev.alta.pipelines.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What a source answers: a status and JSON. */
final class Answer {
  private static final JsonFactory JSON = new JsonFactory();

  @FunctionalInterface
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private final int status;
  private final byte[] body;

  private Answer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  byte[] body() {
    return body;
  }

  static Answer error(int status, String code, String message) {
    return of(
        status,
        json -> {
          json.writeStringField(Wire.CODE, code);
          json.writeStringField(Wire.MESSAGE, message);
        });
  }

  static Answer noSuchDay(int group, int day, int lastDay) {
    return of(
        404,
        json -> {
          json.writeStringField(Wire.CODE, Wire.NO_SUCH_DAY);
          json.writeStringField(
              Wire.MESSAGE,
              Wire.DAY
                  + ": "
                  + day
                  + " of group "
                  + group
                  + " (expected: at most "
                  + lastDay
                  + ")");
          json.writeNumberField(Wire.GROUP, group);
          json.writeNumberField(Wire.DAY, day);
          json.writeNumberField("last_day", lastDay);
        });
  }

  static Answer day(DayFile file, int group, int day, RowForm form) {
    List<List<String>> rows = file.read(group, day);
    return of(
        200,
        json -> {
          json.writeNumberField(Wire.GROUP, group);
          json.writeNumberField(Wire.DAY, day);
          json.writeNumberField(Wire.BATCH, file.number(group, day));
          if (form == RowForm.LISTS) {
            json.writeFieldName(Wire.COLUMNS);
            list(json, file.columns());
          }
          json.writeArrayFieldStart(Wire.DATA);
          for (List<String> row : rows) {
            if (form == RowForm.LISTS) {
              list(json, row);
            } else {
              object(json, file.columns(), row);
            }
          }
          json.writeEndArray();
        });
  }

  private static void list(JsonGenerator json, List<String> values) throws IOException {
    json.writeStartArray();
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static void object(JsonGenerator json, List<String> names, List<String> values)
      throws IOException {
    json.writeStartObject();
    for (int i = 0; i < values.size(); i++) {
      json.writeStringField(names.get(i), values.get(i));
    }
    json.writeEndObject();
  }

  private static Answer of(int status, Fields fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Answer(status, out.toByteArray());
  }
}
