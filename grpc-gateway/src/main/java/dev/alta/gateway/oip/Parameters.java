package dev.alta.gateway.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.alta.proto.inference.InferParameter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/** Parameters of requests, inputs and outputs: names with a truth, a number or a text. */
final class Parameters {
  private Parameters() {}

  /**
   * Reads an object of them.
   *
   * @param where as violations name it
   * @param given null where there is none
   */
  static Map<String, InferParameter> read(
      String where, @Nullable JsonNode given, Violations violations) {
    Map<String, InferParameter> read = new LinkedHashMap<>();
    if (given == null || given.isNull()) {
      return read;
    }
    if (!given.isObject()) {
      violations.add(where, Json.shown(given), "an object");
      return read;
    }
    for (Entry<String, JsonNode> parameter : given.properties()) {
      JsonNode value = parameter.getValue();
      InferParameter.Builder made = InferParameter.newBuilder();
      if (value.isBoolean()) {
        made.setBoolParam(value.booleanValue());
      } else if (value.isIntegralNumber() && value.canConvertToLong()) {
        made.setInt64Param(value.longValue());
      } else if (value.isNumber()) {
        made.setDoubleParam(value.doubleValue());
      } else if (value.isTextual()) {
        made.setStringParam(value.textValue());
      } else {
        violations.add(
            where + "." + Json.cut(parameter.getKey()),
            Json.shown(value),
            "a text, a number, true or false");
        continue;
      }
      read.put(parameter.getKey(), made.build());
    }
    return read;
  }

  static void write(JsonGenerator json, Map<String, InferParameter> parameters) throws IOException {
    for (Entry<String, InferParameter> parameter : parameters.entrySet()) {
      json.writeFieldName(parameter.getKey());
      InferParameter value = parameter.getValue();
      switch (value.getParameterChoiceCase()) {
        case BOOL_PARAM -> json.writeBoolean(value.getBoolParam());
        case INT64_PARAM -> json.writeNumber(value.getInt64Param());
        case UINT64_PARAM -> json.writeNumber(Long.toUnsignedString(value.getUint64Param()));
        case DOUBLE_PARAM -> json.writeNumber(value.getDoubleParam());
        case STRING_PARAM -> json.writeString(value.getStringParam());
        case PARAMETERCHOICE_NOT_SET -> json.writeNull();
      }
    }
  }
}
