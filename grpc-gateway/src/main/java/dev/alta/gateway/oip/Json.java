package dev.alta.gateway.oip;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.alta.gateway.call.Responses;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.json.ProblemForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;

/** JSON as trees, since a tensor's elements may stand before its type. */
final class Json {
  private static final int DEEPEST = 32;
  private static final int LONGEST_SHOWN = 60;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  // Decimals that are not given: Python writes them so.
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Writes one JSON value. */
  interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  /** What was read. */
  sealed interface Read {
    record Tree(ObjectNode tree) implements Read {}

    record Wrong(Problem problem) implements Read {}
  }

  private Json() {}

  /** Reads one object; nothing at all counts as an empty one. */
  static Read read(byte[] bytes, int length) {
    try {
      JsonNode tree = length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(bytes, 0, length);
      return tree instanceof ObjectNode object
          ? new Read.Tree(object)
          : new Read.Wrong(
              Problem.malformed("the body is " + shown(tree) + " (expected: a JSON object)"));
    } catch (JsonProcessingException invalid) {
      String where =
          invalid.getLocation() == null
              ? ""
              : " at line "
                  + invalid.getLocation().getLineNr()
                  + ", column "
                  + invalid.getLocation().getColumnNr();
      return new Read.Wrong(
          Problem.malformed(
              "the body is no JSON, names a field twice, or is nested more than "
                  + DEEPEST
                  + " deep"
                  + where));
    } catch (IOException noUtf8) {
      return new Read.Wrong(Problem.malformed("the body is not UTF-8"));
    }
  }

  static byte[] write(Writing value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
      value.to(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
    return bytes.toByteArray();
  }

  static HttpResponse ok(byte[] json) {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON, HttpData.wrap(json));
  }

  /** 200 or, for probes that look at nothing else, 503. */
  static HttpResponse state(boolean good, byte[] json) {
    return HttpResponse.of(
        good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, MediaType.JSON, HttpData.wrap(json));
  }

  /** In both forms: the protocol's clients look for {@code error}. */
  static HttpResponse problem(Problem problem) {
    return HttpResponse.of(
        Responses.headers(HttpStatus.valueOf(problem.status()), Map.of()),
        HttpData.ofUtf8(ProblemForm.withError(problem)));
  }

  /** Names the fields that nobody knows. */
  static void requireKnown(
      String where, JsonNode object, Set<String> known, Violations violations) {
    for (Entry<String, JsonNode> field : object.properties()) {
      if (violations.isFull()) {
        return;
      }
      if (!known.contains(field.getKey())) {
        violations.add(
            where + cut(field.getKey()),
            shown(field.getValue()),
            "one of " + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /** A value as an error shows it. */
  static String shown(JsonNode value) {
    if (value.isArray()) {
      return "a list";
    } else if (value.isObject()) {
      return "an object";
    }
    return cut(value.asText());
  }

  static String cut(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
