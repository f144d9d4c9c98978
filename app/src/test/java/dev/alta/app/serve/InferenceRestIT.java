package dev.alta.app.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Encounter;
import dev.alta.scorer.Scorer;
import io.grpc.ManagedChannel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Open Inference Protocol over REST, before a scorer in the same process. */
@Timeout(180)
final class InferenceRestIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final int ROWS = 60;
  private static final String MODEL = "/v2/models/readmission";

  @TempDir static Path folder;

  private static ServedModel model;
  private static Scorer scorer;
  private static ManagedChannel channel;
  private static Gateway gateway;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    model = ServedModel.in(folder);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    scorer = model.scorer(metrics);
    channel = scorer.channel();
    ServedModel.awaitServing(channel);
    gateway =
        Gateway.start(
            GatewaySettings.of(Listen.onLoopback(0)), channel, Optional.empty(), metrics, CONTRACT);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    channel.shutdownNow();
    scorer.close();
    model.close();
  }

  @Test
  void saysWhoItIsAndWhatItTakes() throws Exception {
    assertThat(json(get("/v2")).get("extensions"))
        .extracting(JsonNode::asText)
        .containsExactly("model_repository", "binary_tensor_data");
    assertThat(get("/v2/health/live/").body()).isEqualTo("{\"live\":true}");
    assertThat(get("/v2/health/ready").body()).isEqualTo("{\"ready\":true}");
    assertThat(json(get(MODEL + "/versions/1/ready")).get("ready").asBoolean()).isTrue();
    JsonNode described = json(get(MODEL));
    assertThat(described.get("versions").toString()).isEqualTo("[\"1\"]");
    assertThat(described.get("inputs")).hasSize(CONTRACT.size() - 1);
    assertThat(described.get("outputs").get(1).toString())
        .isEqualTo("{\"name\":\"probabilities\",\"datatype\":\"FP64\",\"shape\":[-1,3]}");
    assertThat(get(MODEL + "/versions/9").statusCode()).isEqualTo(404);
  }

  @Test
  void answersTensorsInJsonAsItAnswersEncounters() throws Exception {
    JsonNode prediction = json(post("/predict", TypicalEncounter.of(CONTRACT)));
    ObjectNode request = request(2);
    request.put("id", "two").putObject("parameters").put("priority", 1);
    request.withArray("outputs").addObject().put("name", "probabilities");
    request.withArray("outputs").addObject().put("name", "prediction");

    HttpResponse<String> response = post(MODEL + "/versions/1/infer/", request.toString());

    JsonNode answer = json(response);
    assertThat(answer.get("id").asText()).isEqualTo("two");
    assertThat(answer.get("model_version").asText()).isEqualTo("1");
    assertThat(answer.get("outputs"))
        .extracting(output -> output.get("name").asText())
        .containsExactly("probabilities", "prediction");
    JsonNode probabilities = answer.get("outputs").get(0);
    assertThat(probabilities.get("shape").toString()).isEqualTo("[2,3]");
    Iterator<JsonNode> expected = prediction.get("probabilities").elements();
    for (int i = 0; i < 3; i++) {
      double one = expected.next().asDouble();
      assertThat(probabilities.get("data").get(i).asDouble())
          .isCloseTo(one, org.assertj.core.api.Assertions.within(1e-7));
    }
    assertThat(answer.get("outputs").get(1).get("data").get(1).asText())
        .isEqualTo(prediction.get("prediction").asText());
  }

  @Test
  void describesEachOfItsCallsAndAnswersTheirExamples() throws Exception {
    JsonNode description = json(get("/openapi.json"));
    List<String> described = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      if (path.getKey().startsWith("/v2")) {
        path.getValue().fieldNames().forEachRemaining(m -> described.add(m + " " + path.getKey()));
      }
    }
    assertThat(described)
        .containsExactlyInAnyOrder(
            "get /v2",
            "get /v2/health/live",
            "get /v2/health/ready",
            "get /v2/models/{model}",
            "get /v2/models/{model}/ready",
            "post /v2/models/{model}/infer",
            "get /v2/models/{model}/versions/{version}",
            "get /v2/models/{model}/versions/{version}/ready",
            "post /v2/models/{model}/versions/{version}/infer",
            "post /v2/repository/index",
            "post /v2/repository/models/{model}/load",
            "post /v2/repository/models/{model}/unload");
    for (String call : described) {
      answersItsExamples(call, description);
      if (call.endsWith("/unload")) {
        answersItsExamples(call.replace("/unload", "/load"), description);
      }
    }
  }

  /** Each with what the description requires an answer to have. */
  private static void answersItsExamples(String call, JsonNode description) throws Exception {
    String path = call.substring(call.indexOf(' ') + 1);
    boolean posted = call.startsWith("post");
    JsonNode operation = description.get("paths").get(path).get(posted ? "post" : "get");
    String url = path;
    for (JsonNode parameter : operation.path("parameters")) {
      url =
          url.replace(
              "{" + parameter.get("name").asText() + "}", parameter.path("example").asText());
    }
    JsonNode schema = operation.at("/responses/200/content/application~1json/schema");
    String named = schema.path("$ref").asText().replace("#/components/schemas/", "");
    JsonNode bodies = operation.at("/requestBody/content/application~1json/examples");
    assertThat(bodies.isEmpty()).as(call).isEqualTo(!posted);
    for (JsonNode body : posted ? bodies : MAPPER.createArrayNode().add("")) {
      JsonNode answer = json(posted ? post(url, body.get("value").toString()) : get(url));
      for (JsonNode field : description.at("/components/schemas/" + named + "/required")) {
        assertThat(answer.has(field.asText())).as(call + ": " + field).isTrue();
      }
    }
  }

  @Test
  void takesAndGivesElementsAsBytesBehindTheJson() throws Exception {
    ObjectNode request = request(2);
    request.withArray("outputs").addObject().put("name", "prediction");
    ObjectNode wanted = request.withArray("outputs").addObject().put("name", "probabilities");
    JsonNode expected = json(post(MODEL + "/infer", request.toString())).get("outputs");
    ByteBuffer days = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    for (JsonNode input : request.get("inputs")) {
      if (input.get("name").asText().equals("time_in_hospital")) {
        ((ObjectNode) input).remove("data").forEach(day -> days.putLong(day.asLong()));
        ((ObjectNode) input).putObject("parameters").put("binary_data_size", 16);
      }
    }
    wanted.putObject("parameters").put("binary_data", true);
    byte[] json = MAPPER.writeValueAsBytes(request);
    byte[] body = Arrays.copyOf(json, json.length + 16);
    System.arraycopy(days.array(), 0, body, json.length, 16);

    HttpResponse<byte[]> response =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(gateway.url() + MODEL + "/infer"))
                .header("Content-Type", "application/octet-stream")
                .header("Inference-Header-Content-Length", Integer.toString(json.length))
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).contains("application/octet-stream");
    int length =
        (int) response.headers().firstValueAsLong("Inference-Header-Content-Length").orElseThrow();
    JsonNode outputs = MAPPER.readTree(response.body(), 0, length).get("outputs");
    assertThat(outputs.get(0).get("data")).isEqualTo(expected.get(0).get("data"));
    assertThat(outputs.get(1).has("data")).isFalse();
    ByteBuffer probabilities =
        ByteBuffer.wrap(response.body(), length, response.body().length - length)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (JsonNode probability : expected.get(1).get("data")) {
      assertThat(probabilities.getDouble()).isEqualTo(probability.asDouble());
    }
    assertThat(probabilities.hasRemaining()).isFalse();
  }

  @Test
  void givesARequestWithoutIdTheIdOfItsHeader() throws Exception {
    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(gateway.url() + MODEL + "/infer"))
                .header("X-Request-Id", "from-a-header")
                .POST(BodyPublishers.ofString(request(1).toString()))
                .build(),
            BodyHandlers.ofString());

    assertThat(json(response).has("id")).isFalse();
    assertThat(json(response).get("parameters").get("request_id").asText())
        .isEqualTo("from-a-header");
    assertThat(response.headers().firstValue("X-Request-Id")).contains("from-a-header");
  }

  @Test
  void namesEverythingThatIsWrongAtOnceAsTheProtocolsClientsReadIt() throws Exception {
    ObjectNode request = request(1);
    for (JsonNode input : request.get("inputs")) {
      if (input.get("name").asText().equals("time_in_hospital")) {
        ((ArrayNode) input.get("data")).removeAll().add(99);
      } else if (input.get("name").asText().equals("gender")) {
        ((ArrayNode) input.get("data")).removeAll().addArray().add("F");
      }
    }

    HttpResponse<String> response = post(MODEL + "/infer", request.toString());

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode problem = MAPPER.readTree(response.body());
    assertThat(problem.get("error").asText())
        .contains("gender[0]: F (expected: one of", "time_in_hospital[0]: 99 (expected: a whole");
    assertThat(problem.get("violations")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                    | 400 | no JSON",
        "[]                                   | 400 | a list",
        "{\"inputs\":3}                       | 400 | inputs: 3",
        "{\"inputs\":[3]}                     | 400 | inputs[0]: 3",
        "{\"inptus\":[]}                      | 400 | inptus: a list",
        "{\"id\":7}                           | 400 | id: 7",
        "{\"inputs\":[{\"name\":\"age\",\"datatype\":\"INT8\",\"shape\":[1],\"data\":[300]}]}"
            + " | 400 | age[0]: 300 (expected: a whole number that INT8 can hold)",
        "{\"inputs\":[{\"name\":\"age\",\"datatype\":\"BYTES\",\"shape\":[1],\"parameters\":"
            + "{\"binary_data_size\":9}}]} | 400 | binary_data_size: 9 (expected: 0 to 0",
        "{\"inputs\":[{\"name\":\"agee\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"a\"]}]}"
            + " | 400 | such as age",
      })
  void refusesInWordsWhatIsNoRequest(String body, int status, String words) throws Exception {
    HttpResponse<String> response = post(MODEL + "/infer", body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(MAPPER.readTree(response.body()).get("error").asText()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v2/models/iris, 404",
    "GET, /v2/models/readmission/versions/9/ready, 404",
    "POST, /v2/models/iris/infer, 404",
    "GET, /v2/models/readmission/infer, 405",
    "GET, /v2/nowhere, 404",
    "POST, /v2/repository/models/iris/load, 404",
  })
  void saysWhatIsNotThereAsTheProtocolsClientsReadIt(String method, String path, int status)
      throws Exception {
    HttpResponse<String> response =
        method.equals("GET")
            ? get(path)
            : post(path, path.endsWith("infer") ? "" + request(1) : "");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(MAPPER.readTree(response.body()).get("error").asText()).isNotEmpty();
  }

  @Test
  void takesNoLengthOfJsonThatIsNone() throws Exception {
    for (String length : List.of("-1", "1e3", "99999999", "8000000")) {
      HttpResponse<String> response =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(gateway.url() + MODEL + "/infer"))
                  .header("Inference-Header-Content-Length", length)
                  .POST(BodyPublishers.ofString(request(1).toString()))
                  .build(),
              BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("Inference-Header-Content-Length: " + length);
    }
  }

  @Test
  void servesTritonsOwnClient() throws Exception {
    String python = System.getProperty("alta.triton.python", "");
    assumeTrue(
        !python.isEmpty(),
        "skipped: no Triton client; -Dalta.triton.python=PYTHON with tritonclient[http] enables it");

    JsonNode found = run(python);

    assertThat(found.get("live").asBoolean()).isTrue();
    assertThat(found.get("model_ready").asBoolean()).isTrue();
    assertThat(found.get("outputs").get("probabilities").toString()).isEqualTo("[\"FP64\",[-1,3]]");
    assertThat(found.get("id").asText()).isEqualTo("from-python");
    assertThat(found.get("classes").asText()).isEqualTo("NO,>30,<30");
    assertThat(found.get("prediction")).hasSize(ROWS);
    assertThat(found.get("only").toString()).isEqualTo("[\"risk\"]");
    assertRefused(found, "wrong", "400", "gender[0]");
    assertRefused(found, "wrong", "400", "time_in_hospital[" + (ROWS - 1) + "]");
    assertRefused(found, "no_model", "404", "model iris");
    assertRefused(found, "no_version", "404", "version 99: not served (expected: 1");
    assertRefused(found, "no_output", "400", "outputs[0]: riks");
    assertThat(found.get("index").toString()).contains("\"1\":\"READY\"");
    assertThat(found.get("unloaded").asBoolean()).isFalse();
    assertRefused(found, "none_loaded", "503", "no model is loaded");
    assertRefused(found, "load_other", "404", "expected: readmission");
    assertRefused(found, "load_config", "400", "parameters.config");
    assertThat(found.get("loaded").asBoolean()).isTrue();
  }

  private static void assertRefused(JsonNode found, String what, String status, String words) {
    assertThat(found.get(what).get("status").asText()).isEqualTo(status);
    assertThat(found.get(what).get("message").asText()).contains(words);
  }

  private static JsonNode run(String python) throws Exception {
    Path script = folder.resolve("triton_http_client.py");
    try (InputStream resource =
        Objects.requireNonNull(
            InferenceRestIT.class.getResourceAsStream("triton_http_client.py"))) {
      Files.copy(resource, script);
    }
    ObjectNode columns = MAPPER.createObjectNode();
    for (JsonNode input : request(ROWS).get("inputs")) {
      columns.set(input.get("name").asText(), input.get("data"));
    }
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                python, script.toString(), gateway.url().replace("http://", ""), columns.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String output = Files.readString(said);
    assertThat(process.exitValue()).as(output).isZero();
    return MAPPER.readTree(output.substring(output.indexOf('{')));
  }

  /** The typical encounter so many times, a tensor for each of its columns, last column first. */
  private static ObjectNode request(int rows) throws Exception {
    ObjectNode request = MAPPER.createObjectNode();
    ArrayNode inputs = request.putArray("inputs");
    JsonNode typical = MAPPER.readTree(TypicalEncounter.of(CONTRACT));
    List<String> names = new ArrayList<>();
    typical.fieldNames().forEachRemaining(name -> names.add(0, name));
    for (String name : names) {
      Column column = CONTRACT.column(name);
      ObjectNode input = inputs.addObject().put("name", name);
      ArrayNode data = input.putArray("data");
      for (int i = 0; i < rows; i++) {
        data.add(typical.get(name));
      }
      input.put("datatype", column.type() == Column.Type.TEXT ? "BYTES" : "INT64");
      input.putArray("shape").add(rows);
    }
    return request;
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return MAPPER.readTree(response.body());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
