package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.alta.core.contract.Column;
import dev.alta.proto.v1.PredictResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Triton's own client, from PyPI, against the scorer: it knows nothing of us but the protocol. */
@Timeout(180)
final class TritonClientIT {
  private static final int ROWS = 60;

  @TempDir Path folder;

  @Test
  void isServedAsByAnyServerOfTheProtocol() throws Exception {
    String python = System.getProperty("alta.triton.python", "");
    assumeTrue(
        !python.isEmpty(),
        "skipped: no Triton client; -Dalta.triton.python=PYTHON with tritonclient[grpc] enables it");
    try (RunningScorer scorer = RunningScorer.start(folder)) {
      List<PredictResponse> expected = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        expected.add(scorer.predict(Encounters.withInpatientStays(i % 4)));
      }

      JsonObject found = run(python, "127.0.0.1:" + scorer.scorer().port());

      assertThat(found.get("live").getAsBoolean()).isTrue();
      assertThat(found.get("ready").getAsBoolean()).isTrue();
      assertThat(found.get("model_ready").getAsBoolean()).isTrue();
      assertThat(found.getAsJsonObject("server").get("name").getAsString()).isEqualTo("alta");
      assertThat(found.getAsJsonObject("inputs").get("age").getAsString()).isEqualTo("BYTES");
      assertThat(found.getAsJsonObject("outputs").get("probabilities").toString())
          .isEqualTo("[\"FP64\",[\"-1\",\"3\"]]");
      assertThat(found.get("id").getAsString()).isEqualTo("from-python");
      assertThat(found.get("version").getAsString()).isEqualTo("1");
      assertThat(found.get("classes").getAsString()).isEqualTo("NO,>30,<30");
      assertThat(texts(found, "prediction"))
          .containsExactlyElementsOf(
              expected.stream().map(PredictResponse::getPrediction).toList());
      assertThat(texts(found, "risk"))
          .containsExactlyElementsOf(expected.stream().map(p -> p.getRisk().name()).toList());
      for (int i = 0; i < ROWS; i++) {
        PredictResponse one = expected.get(i);
        assertThat(number(found, "readmitted", i))
            .isCloseTo(one.getProbabilityReadmitted(), within(1e-12));
        assertThat(number(found, "within_30_days", i))
            .isCloseTo(one.getProbabilityWithin30Days(), within(1e-12));
        assertThat(number(found, "risk_percentile", i))
            .isCloseTo(one.getRiskPercentile(), within(1e-12));
        assertThat(
                found.getAsJsonArray("probabilities").get(i).getAsJsonArray().get(1).getAsDouble())
            .isCloseTo(one.getProbabilitiesOrThrow(">30"), within(1e-12));
      }
      assertThat(texts(found, "only")).containsExactly("risk");
      assertRefusals(found);
      assertRepository(found);
    }
  }

  private static void assertRefusals(JsonObject found) {
    assertRefused(found, "wrong", "INVALID_ARGUMENT", "gender[0]");
    assertRefused(found, "wrong", "INVALID_ARGUMENT", "time_in_hospital[" + (ROWS - 1) + "]");
    assertRefused(found, "no_model", "NOT_FOUND", "model iris");
    assertRefused(found, "no_version", "NOT_FOUND", "version 99: not served (expected: 1");
    assertRefused(found, "no_output", "INVALID_ARGUMENT", "outputs[0]: riks");
  }

  private static void assertRepository(JsonObject found) {
    assertThat(found.getAsJsonObject("index").toString())
        .isEqualTo("{\"2\":\"UNAVAILABLE\",\"1\":\"READY\"}");
    assertThat(found.get("unloaded").getAsBoolean()).isFalse();
    assertRefused(found, "none_loaded", "UNAVAILABLE", "no model is loaded");
    assertThat(texts(found, "index_unloaded")).containsExactly("UNAVAILABLE", "UNAVAILABLE");
    assertRefused(found, "load_other", "NOT_FOUND", "expected: readmission");
    assertRefused(found, "load_config", "INVALID_ARGUMENT", "parameters.config");
    assertThat(found.get("loaded").getAsBoolean()).isTrue();
  }

  private static void assertRefused(JsonObject found, String what, String status, String words) {
    JsonObject refused = found.getAsJsonObject(what);
    assertThat(refused.get("status").getAsString()).isEqualTo("StatusCode." + status);
    assertThat(refused.get("message").getAsString()).contains(words);
  }

  private JsonObject run(String python, String address) throws Exception {
    Path script = folder.resolve("triton_client.py");
    Path said = folder.resolve("said");
    try (InputStream resource =
        Objects.requireNonNull(TritonClientIT.class.getResourceAsStream("triton_client.py"))) {
      Files.copy(resource, script);
    }
    Process process =
        new ProcessBuilder(python, script.toString(), address, new Gson().toJson(columns()))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String output = read(said);
    assertThat(process.exitValue()).as(output).isZero();
    return JsonParser.parseString(output.substring(output.indexOf('{'))).getAsJsonObject();
  }

  private static String read(Path said) throws IOException {
    return Files.readString(said);
  }

  /** The rows that are predicted one by one, column by column. */
  private static Map<String, List<Object>> columns() {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    Encounters.texts()
        .forEach(
            (name, text) -> {
              boolean isText = Encounters.CONTRACT.column(name).type() == Column.Type.TEXT;
              List<Object> values = new ArrayList<>();
              for (int i = 0; i < ROWS; i++) {
                if (name.equals("number_inpatient")) {
                  values.add(i % 4);
                } else {
                  values.add(isText ? text : (Object) Long.valueOf(text));
                }
              }
              columns.put(name, values);
            });
    return columns;
  }

  private static List<String> texts(JsonObject found, String what) {
    JsonArray array = found.getAsJsonArray(what);
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }

  private static double number(JsonObject found, String what, int i) {
    return found.getAsJsonArray(what).get(i).getAsDouble();
  }
}
