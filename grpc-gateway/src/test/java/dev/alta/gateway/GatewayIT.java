package dev.alta.gateway;

import static dev.alta.gateway.Http.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.rpc.Code;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Violation;
import dev.alta.core.contract.ViolationDetails;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Encounter;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GatewayIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String TYPICAL = TypicalEncounter.of(CONTRACT);
  private static final Duration IMPATIENT = Duration.ofMillis(500);

  private static ScorerOnNetty scorer;
  private static Gateway gateway;
  private static Http http;

  @BeforeAll
  static void start() throws IOException {
    scorer = ScorerOnNetty.start();
    gateway = scorer.gateway(settings());
    http = new Http(gateway.url());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    scorer.close();
  }

  @BeforeEach
  void wellAgain() {
    scorer.failWith(null);
    scorer.serving(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/predict", "/predict/"})
  void predictsFromJson(String path) throws Exception {
    ObjectNode encounter = (ObjectNode) Http.MAPPER.readTree(TYPICAL);
    encounter.put("number_inpatient", "3").put("request_id", "r-1");

    HttpResponse<String> response = http.post(path, encounter.toString());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode answer = Http.MAPPER.readTree(response.body());
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly(
            "prediction",
            "probabilities",
            "probability_readmitted",
            "probability_within_30_days",
            "risk",
            "risk_percentile",
            "model_alias",
            "model_version",
            "request_id");
    assertThat(answer.get("probabilities").fieldNames())
        .toIterable()
        .containsExactly("NO", ">30", "<30");
    assertThat(answer.get("prediction").asText()).isEqualTo("<30");
    assertThat(answer.get("risk").asText()).isEqualTo("HIGH");
    assertThat(answer.get("model_version").asText()).isEqualTo("7");
    assertThat(answer.get("request_id").asText()).isEqualTo("r-1");
    assertThat(scorer.lastRequest().getEncounter().getNumberInpatient()).isEqualTo(3);
  }

  @Test
  void namesEveryColumnThatIsWrong() throws Exception {
    ObjectNode wrong = Http.MAPPER.createObjectNode();
    for (Column column : CONTRACT.columns()) {
      wrong.putArray(column.name()).add(1);
    }

    JsonNode problem = problem(http.post("/predict", wrong.toString()), 400);

    assertThat(problem.get("violations"))
        .extracting(violation -> violation.get("field").asText())
        .containsExactlyElementsOf(CONTRACT.columns().stream().map(Column::name).toList());
    assertThat(problem.get("violations").get(9).get("expected").asText())
        .isEqualTo("a whole number from 1 to 14");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "3", "[]", "{", "{} {}", "\"age\"", "{\"age\":NaN,}"})
  void answers400ForWhatIsNoJsonObject(String body) throws Exception {
    JsonNode problem = problem(http.post("/predict", body), 400);

    assertThat(problem.get("detail").asText()).startsWith("the body ");
  }

  @Test
  void refusesABodyOverTheLimitAndGoesOn() throws Exception {
    String tenMegabytes = "{\"age\":\"" + "x".repeat(10_000_000) + "\"}";

    problem(http.post("/predict", tenMegabytes), 413);
    assertThat(http.post("/predict", TYPICAL).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesABodyOverTheLimitThatDoesNotSayItsLength() throws Exception {
    byte[] large = ("{\"age\":\"" + "x".repeat(4_200_000) + "\"}").getBytes(UTF_8);
    HttpRequest.Builder chunked =
        http.json("/predict")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)));

    problem(http.send(chunked), 413);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /predict, text/plain, 415",
    "POST, /predict, application/x-www-form-urlencoded, 415",
    "POST, /load_model, text/plain, 415",
    "GET, /predict, application/json, 405",
    "POST, /health, application/json, 405",
    "DELETE, /predict/, application/json, 405",
    "POST, /predictions, application/json, 404",
    "GET, /../../etc/passwd, application/json, 400",
    "GET, /page.java, application/json, 404",
  })
  void answersWhatIsWrongWithTheCall(String method, String path, String type, int status)
      throws Exception {
    HttpRequest.Builder request =
        http.request(path)
            .method(method, BodyPublishers.ofString("{}"))
            .header("Content-Type", type);

    problem(http.send(request), status);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400",
    "NOT_FOUND, 404",
    "FAILED_PRECONDITION, 409",
    "RESOURCE_EXHAUSTED, 429",
    "UNIMPLEMENTED, 501",
    "UNAVAILABLE, 503",
    "DEADLINE_EXCEEDED, 504",
    "INTERNAL, 500",
  })
  void turnsTheScorersStatusIntoOneOfHttp(Status.Code code, int status) throws Exception {
    scorer.failWith(code.toStatus().withDescription("in words").asRuntimeException());

    JsonNode problem = problem(http.post("/predict", TYPICAL), status);

    assertThat(problem.get("detail").asText()).isNotEmpty();
  }

  @Test
  void answers504WhenTheScorerDoesNotAnswerInTime() throws Exception {
    try (ScorerOnNetty silent = ScorerOnNetty.start();
        Gateway impatient = silent.gateway(settings().withDeadlines(IMPATIENT, IMPATIENT))) {
      silent.beSilent();

      problem(new Http(impatient.url()).post("/predict", TYPICAL), 504);
    }
  }

  @Test
  void answers503WhenThereIsNoScorer() throws Exception {
    try (ScorerOnNetty gone = ScorerOnNetty.start();
        Gateway lonely = gone.gateway(settings())) {
      gone.stop();
      Http alone = new Http(lonely.url());

      JsonNode problem = problem(alone.post("/predict", TYPICAL), 503);
      assertThat(problem.get("detail").asText()).isEqualTo("the scorer cannot be reached");
      problem(alone.get("/ready"), 503);
      assertThat(alone.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void passesOnWhatAStricterScorerRefuses() throws Exception {
    Violation violation = new Violation("insulin", "No", "another dose");
    scorer.failWith(
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .addDetails(Any.pack(ViolationDetails.write(List.of(violation))))
                .build()));

    JsonNode problem = problem(http.post("/predict", TYPICAL), 400);

    assertThat(problem.get("detail").asText()).isEqualTo("insulin: No (expected: another dose)");
    assertThat(problem.get("violations").get(0).get("expected").asText()).isEqualTo("another dose");
  }

  @Test
  void isReadyOnlyWhenTheScorerServes() throws Exception {
    assertThat(http.get("/ready").statusCode()).isEqualTo(200);

    scorer.serving(false);

    JsonNode problem = problem(http.get("/ready/"), 503);
    assertThat(problem.get("detail").asText()).contains("no model");
    assertThat(http.get("/health/").body()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void tellsAndLoadsTheModel() throws Exception {
    JsonNode model = Http.MAPPER.readTree(http.get("/model-info").body());
    assertThat(model.get("model_version").asText()).isEqualTo("7");
    assertThat(model.get("features").asInt()).isEqualTo(117);
    assertThat(model.get("test").get("mean_auroc").asDouble()).isEqualTo(0.68);
    assertThat(model.get("provenance").get("settings").get("depth").asText()).isEqualTo("6");
    assertThat(model.get("provenance").get("seed").isInt()).isTrue();

    assertThat(http.post("/load_model", "").body()).contains("\"model_version\":\"7\"");
    assertThat(http.post("/load_model/", "{\"model\":\"3\"}").body())
        .contains("\"model_version\":\"3\"");
    problem(http.post("/load_model", "[3]"), 400);
  }

  @Test
  void showsMetricsInPrometheusForm() throws Exception {
    http.post("/predict", TYPICAL);

    String metrics = http.get("/metrics").body();

    assertThat(metrics)
        .contains("gateway_latency_seconds_bucket{method=\"POST\",path=\"/predict\",status=\"200\"")
        .contains("process_resident_memory_bytes ")
        .contains("process_cpu_seconds_total ")
        .contains("jvm_memory_used_bytes");
    assertThat(http.get("/metrics/").statusCode()).isEqualTo(200);
  }

  @Test
  void servesThePageToBrowsersAndAListToPrograms() throws Exception {
    HttpResponse<String> page = http.send(http.request("/").header("Accept", "text/html,*/*"));
    assertThat(page.body()).contains("<!doctype html>");
    assertThat(page.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));

    JsonNode list = Http.MAPPER.readTree(http.get("/").body());
    assertThat(list.get("here").fieldNames()).toIterable().contains("POST /predict", "GET /ready");

    assertThat(http.get("/schema").body()).contains("\"x-target\"");
  }

  @Test
  void saysWhichPortIsTaken() {
    GatewaySettings same = GatewaySettings.of(Listen.onLoopback(gateway.port()));

    assertThatThrownBy(() -> scorer.gateway(same))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("HTTP port " + gateway.port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/data/profile",
        "/data/drift/",
        "/data/batches",
        "/data/rejects/",
        "/data/split",
        "/runs",
        "/runs/1/"
      })
  void saysThatItKnowsNoDataWhereNobodyGaveItAny(String path) throws Exception {
    JsonNode problem = problem(http.get(path), 404);

    assertThat(problem.get("type").asText()).isEqualTo("urn:alta:problem:no-data-here");
    assertThat(problem.get("detail").asText()).contains("--database-url");
  }

  @Test
  void namesEveryQueryParameterThatIsWrong() throws Exception {
    String path = "/data/rejects?limit=201&before=17&page=2";

    JsonNode problem = problem(http.get(path), 400);

    assertThat(problem.get("violations"))
        .extracting(violation -> violation.get("field").asText())
        .containsExactly("limit", "before", "page");
    assertThat(problem.get("violations").get(0).get("expected").asText())
        .isEqualTo("a whole number from 1 to 200");
    problem(http.get("/runs?before_run=-1"), 400);
    problem(http.get("/data/profile?limit=5"), 400);
  }

  @Test
  void showsOnlyTheMetricsThatAreNamed() throws Exception {
    http.post("/predict", TYPICAL);

    String filter = "name%5B%5D=gateway_latency_seconds_count&name%5B%5D=process_uptime_seconds";
    String page = http.get("/metrics?" + filter).body();

    assertThat(page.lines().filter(line -> !line.startsWith("#")))
        .isNotEmpty()
        .allMatch(
            line ->
                line.startsWith("gateway_latency_seconds")
                    || line.startsWith("process_uptime_seconds"));
    assertThat(http.get("/metrics?name%5B%5D=no_such").body()).doesNotContain("gateway");
  }

  private static GatewaySettings settings() {
    return GatewaySettings.of(Listen.onLoopback(0));
  }
}
