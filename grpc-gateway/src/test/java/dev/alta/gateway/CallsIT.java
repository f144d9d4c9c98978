package dev.alta.gateway;

import static dev.alta.gateway.Http.MAPPER;
import static dev.alta.gateway.Http.ok;
import static dev.alta.gateway.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Encounter;
import io.grpc.Status;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class CallsIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String TYPICAL = TypicalEncounter.of(CONTRACT);
  private static final String WHY = "{\"who\":\"Ada\",\"reason\":\"alarms\"}";

  private static ScorerOnNetty scorer;
  private static Gateway gateway;
  private static Http http;

  @BeforeAll
  static void start() throws IOException {
    scorer = ScorerOnNetty.start();
    gateway = scorer.gateway(GatewaySettings.of(Listen.onLoopback(0)));
    http = new Http(gateway.url());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    scorer.close();
  }

  @Test
  void answersEachItemOfAListInItsPlaceAndABadOneSpoilsNoOther() throws Exception {
    ArrayNode list = MAPPER.createArrayNode();
    list.add(encounter().put("request_id", "first"));
    list.add(encounter().put("time_in_hospitl", 3).put("age", "old"));
    list.add(7);
    list.add(encounter().put("numMedications", "81"));
    list.add(encounter().put("request_id", "last").put("number_inpatient", "3.0"));

    JsonNode answers = ok(http.post("/predict/", list.toString()));

    assertThat(answers).hasSize(5);
    assertThat(answers.get(0).get("request_id").asText()).isEqualTo("first");
    assertThat(answers.get(4).get("request_id").asText()).isEqualTo("last");
    assertThat(answers.get(4).get("prediction").asText()).isEqualTo("<30");
    assertThat(answers.get(1).get("index").asInt()).isEqualTo(1);
    assertThat(answers.get(1).get("status").asInt()).isEqualTo(400);
    assertThat(answers.get(1).get("violations"))
        .extracting(violation -> violation.get("field").asText())
        .containsExactly("age", "time_in_hospitl");
    assertThat(answers.get(1).get("violations").get(1).get("expected").asText())
        .contains("time_in_hospital");
    assertThat(answers.get(2).get("detail").asText()).startsWith("this item is a number");
    assertThat(answers.get(2).get("index").asInt()).isEqualTo(2);
    // What only the scorer refuses.
    assertThat(answers.get(3).get("violations").get(0).get("field").asText())
        .isEqualTo("num_medications");
    assertThat(answers.get(3).get("index").asInt()).isEqualTo(3);
  }

  @Test
  void answersAThousandEncountersWithAllTheirColumnsAndNoMore() throws Exception {
    ObjectNode wide = encounter();
    CONTRACT.columns().stream()
        .filter(column -> !column.identifies() && !wide.has(column.name()))
        .filter(column -> column.missingMarker() != null)
        .forEach(column -> wide.put(column.name(), column.missingMarker()));
    ArrayNode list = MAPPER.createArrayNode();
    for (int i = 0; i < 1_000; i++) {
      list.add(wide);
    }

    JsonNode answers =
        ok(http.post("/predict", MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(list)));

    assertThat(answers).hasSize(1_000);
    list.add(wide);
    assertThat(problem(http.post("/predict", list.toString()), 400).get("detail").asText())
        .startsWith("the body is a list of more than 1,000 items");
    assertThat(problem(http.post("/predict", "[ ]"), 400).get("detail").asText())
        .startsWith("the body is an empty list");
    problem(http.post("/predict", "[" + TYPICAL + ",{]"), 400);
    problem(http.post("/predict", "[" + TYPICAL), 400);
  }

  @Test
  void asksTheScorerNothingWhereNoItemIsInOrder() throws Exception {
    int before = scorer.batches();

    JsonNode answers = ok(http.post("/predict", "[1,[],{\"age\":null}]"));

    assertThat(answers).extracting(item -> item.get("status").asInt()).containsOnly(400);
    assertThat(scorer.batches()).isEqualTo(before);
  }

  @Test
  void answersAListAsAWholeWhereTheScorerCannot() throws Exception {
    scorer.failWith(Status.RESOURCE_EXHAUSTED.asRuntimeException());
    try {
      HttpResponse<String> response = http.post("/predict", "[" + TYPICAL + "]");
      problem(response, 429);
      assertThat(response.headers().firstValue("retry-after")).hasValue("1");
    } finally {
      scorer.failWith(null);
    }
  }

  @Test
  void explainsByColumn() throws Exception {
    JsonNode answer = ok(http.post("/explain/?top=5&class=%3C30", TYPICAL));

    assertThat(scorer.lastRequest().getExplain().getTop()).isEqualTo(5);
    assertThat(scorer.lastRequest().getHypothetical()).isFalse();
    assertThat(answer.get("probabilities").has("<30")).isTrue();
    assertThat(answer.get("explanations")).hasSize(1);
    JsonNode explanation = answer.get("explanations").get(0);
    assertThat(explanation.get("class_name").asText()).isEqualTo("<30");
    assertThat(explanation.get("margin").asDouble()).isEqualTo(0.75);
    JsonNode contribution = explanation.get("contributions").get(0);
    assertThat(contribution.get("columns").get(0).asText()).isEqualTo("number_inpatient");
    assertThat(contribution.get("contribution").asDouble()).isEqualTo(0.25);
    assertThat(ok(http.post("/explain?hypothetical=true", TYPICAL)).get("explanations")).hasSize(3);
    assertThat(scorer.lastRequest().getHypothetical()).isTrue();
  }

  @Test
  void namesEveryParameterThatIsWrong() throws Exception {
    JsonNode problem =
        problem(http.post("/explain?top=-1&class=soon&clas=NO&top=2&x=1", TYPICAL), 400);

    assertThat(problem.get("violations"))
        .extracting(violation -> violation.get("field").asText())
        .containsExactly("top", "class", "clas", "x");
    assertThat(problem.get("violations").get(1).get("expected").asText())
        .isEqualTo("one of NO, >30, <30");
    assertThat(problem.get("violations").get(2).get("expected").asText()).contains("such as class");
    problem(http.post("/explain", "[" + TYPICAL + "]"), 400);
    problem(http.get("/models?archived=maybe"), 400);
    problem(http.get("/models/..%2fx"), 400);
    problem(http.get("/health?x=1"), 400);
    problem(http.get("/metrics?name=x"), 400);
  }

  @Test
  void tellsOfModels() throws Exception {
    JsonNode models = ok(http.get("/models"));
    assertThat(models.get("served_version").asText()).isEqualTo("7");
    assertThat(models.get("models")).hasSize(1);
    assertThat(models.get("models").get(0).get("state").asText()).isEqualTo("CHAMPION");
    assertThat(ok(http.get("/models/?archived=true")).get("models")).hasSize(2);

    JsonNode model = ok(http.get("/models/previous"));
    assertThat(model.get("model_alias").asText()).isEqualTo("previous");
    assertThat(model.get("test").get("mean_auroc").asDouble()).isEqualTo(0.68);
    assertThat(problem(http.get("/models/99/"), 404).get("detail").asText())
        .isEqualTo("model 99: not there");
  }

  @Test
  void givesTheFilesOfAVersionWithoutAnyRights() throws Exception {
    Map<String, String> files =
        Map.of(
            "/models/7/card", "text/html; charset=utf-8",
            "/models/7/figures/roc.svg", "image/svg+xml",
            "/models/champion/profile/", "application/json");
    for (Map.Entry<String, String> file : files.entrySet()) {
      HttpResponse<String> response = http.get(file.getKey());
      assertThat(response.statusCode()).as(file.getKey()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith(file.getValue()));
      assertThat(response.headers().firstValue("content-security-policy"))
          .hasValueSatisfying(
              policy -> assertThat(policy).contains("default-src 'none'", "sandbox"));
      assertThat(response.body()).startsWith("content of ");
    }
    problem(http.get("/models/7/figures/none.svg"), 404);
    problem(http.get("/models/7/figures/model.pb"), 400);
  }

  @Test
  void promotesAndRollsBackAndSaysWhatWasDecided() throws Exception {
    JsonNode promoted = ok(http.post("/models/3/promote", WHY));
    assertThat(promoted.get("alias").asText()).isEqualTo("champion");
    assertThat(promoted.get("version").asText()).isEqualTo("3");
    assertThat(promoted.get("decision").get("kind").asText()).isEqualTo("PROMOTED");
    assertThat(promoted.get("decision").get("who").asText()).isEqualTo("Ada");

    JsonNode back = ok(http.post("/models/rollback/", WHY.replace("}", ",\"expectedVersion\":3}")));
    assertThat(back.get("decision").get("kind").asText()).isEqualTo("ROLLED_BACK");
    assertThat(back.get("previous_version").asText()).isEqualTo("3");

    assertThat(problem(http.post("/models/rollback", "{}"), 400).get("violations"))
        .extracting(violation -> violation.get("field").asText())
        .containsExactly("who", "reason");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/openapi.json/"})
  void describesEveryCall(String path) throws Exception {
    JsonNode description = ok(http.get(path));

    assertThat(description.get("openapi").asText()).isEqualTo("3.1.0");
    assertThat(description.get("paths").fieldNames())
        .toIterable()
        .contains("/predict", "/explain", "/models/{model}/promote", "/metrics", "/docs", "/");
    JsonNode encounter = description.get("components").get("schemas").get("Encounter");
    assertThat(encounter.get("properties").fieldNames())
        .toIterable()
        .containsAll(CONTRACT.columns().stream().map(column -> column.name()).toList());
  }

  /** The first part of a path. */
  private static String first(String path) {
    return path.substring(1).replaceFirst("[/?].*", "");
  }

  @Test
  void answersEveryExampleOfItsOwnDescription() throws Exception {
    JsonNode paths = ok(http.get("/openapi.json")).get("paths");
    int tried = 0;
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      if (first(path.getKey()).equals("v2")) {
        continue; // Before a scorer that speaks it: InferenceRestIT.
      }
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        for (String body : bodies(method.getValue())) {
          String url = path.getKey() + query(method.getValue());
          HttpResponse<String> response =
              method.getKey().equals("get")
                  ? http.get(filled(url, method.getValue()))
                  : http.post(filled(url, method.getValue()), body);
          // Nobody gave this gateway any data or load tests.
          int expected = List.of("data", "runs", "loadtests").contains(first(url)) ? 404 : 200;
          assertThat(response.statusCode()).as(url + ": " + response.body()).isEqualTo(expected);
          tried++;
        }
      }
    }
    assertThat(tried).isGreaterThan(15);
  }

  private static List<String> bodies(JsonNode operation) {
    JsonNode examples = operation.at("/requestBody/content/application~1json/examples");
    return examples.isMissingNode()
        ? List.of("")
        : examples.properties().stream()
            .map(example -> example.getValue().get("value").toString())
            .toList();
  }

  private static String query(JsonNode operation) {
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.get("in").asText().equals("query") && parameter.has("example")) {
        query.append(query.isEmpty() ? '?' : '&');
        query.append(parameter.get("name").asText()).append('=');
        query.append(parameter.get("example").asText());
      }
    }
    return query.toString();
  }

  private static String filled(String url, JsonNode operation) {
    String filled = url;
    for (JsonNode parameter : operation.path("parameters")) {
      filled =
          filled.replace(
              "{" + parameter.get("name").asText() + "}", parameter.path("example").asText());
    }
    return filled;
  }

  @Test
  void showsTheDescriptionToPeopleWithoutAskingAnybodyElse() throws Exception {
    for (String path : List.of("/docs", "/docs/")) {
      HttpResponse<String> page = http.get(path);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("/docs/swagger-ui-bundle.js").doesNotContain("://");
      assertThat(page.headers().firstValue("content-security-policy"))
          .hasValueSatisfying(
              policy ->
                  assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe"));
    }
    for (String file : List.of("swagger-ui.css", "swagger-ui-bundle.js", "docs.js", "docs.css")) {
      assertThat(http.get("/docs/" + file).statusCode()).as(file).isEqualTo(200);
    }
  }

  private static ObjectNode encounter() throws IOException {
    return (ObjectNode) MAPPER.readTree(TYPICAL);
  }
}
