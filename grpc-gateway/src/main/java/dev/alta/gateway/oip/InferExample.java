package dev.alta.gateway.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map.Entry;

/** An encounter as the protocol's clients send it. */
final class InferExample {
  private InferExample() {}

  /**
   * An inference request for one encounter.
   *
   * @param encounter a JSON object of columns, texts or whole numbers
   */
  static String of(String encounter) {
    byte[] bytes = encounter.getBytes(StandardCharsets.UTF_8);
    ObjectNode columns = ((Json.Read.Tree) Json.read(bytes, bytes.length)).tree();
    return new String(
        Json.write(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("inputs");
              for (Entry<String, JsonNode> column : columns.properties()) {
                JsonNode value = column.getValue();
                json.writeStartObject();
                json.writeStringField("name", column.getKey());
                json.writeStringField(
                    "datatype", (value.isTextual() ? Elements.BYTES : Elements.INT64).name());
                json.writeFieldName("shape");
                json.writeArray(new int[] {1}, 0, 1);
                json.writeArrayFieldStart("data");
                json.writeTree(value);
                json.writeEndArray();
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            }),
        StandardCharsets.UTF_8);
  }
}
