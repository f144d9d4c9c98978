package dev.alta.gateway;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.alta.core.contract.Contract;
import dev.alta.gateway.call.Asked;
import dev.alta.gateway.call.Call;
import dev.alta.gateway.call.Operation;
import dev.alta.gateway.call.Parameter;
import dev.alta.gateway.call.Responses;
import dev.alta.gateway.call.Result;
import dev.alta.gateway.json.Answers;
import dev.alta.gateway.json.ContractSchema;
import dev.alta.gateway.json.ObjectSchema;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.json.Schema;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.regex.Pattern;

/** The calls about the service itself. */
final class ServiceCalls {
  private static final String GROUP = "Service";
  private static final MediaType SCHEMA = MediaType.parse("application/schema+json");
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String NAMES = "name[]";
  private static final Schema STATUS =
      ObjectSchema.named("Status").text("status", "ok, or ready").build();

  private final ScorerCalls scorer;
  private final MetricsPage metrics;
  private final String schema;

  ServiceCalls(ScorerCalls scorer, Contract contract, PrometheusMeterRegistry metrics) {
    this.scorer = scorer;
    this.metrics = new MetricsPage(metrics);
    this.schema = ContractSchema.of(contract);
  }

  List<Call> all() {
    return List.of(schema(), health(), ready(), metrics());
  }

  private Call schema() {
    return Call.get(
        "/schema",
        Operation.of("schema", GROUP, "JSON Schema of an encounter, made from the contract.")
            .answers(new Result(200, "The schema.", SCHEMA, Schema.anyObject())),
        asked -> HttpResponse.of(HttpStatus.OK, SCHEMA, schema));
  }

  private static Call health() {
    return Call.get(
        "/health",
        Operation.of("health", GROUP, "200 as long as this process serves.")
            .answers("It serves.", STATUS),
        asked -> Responses.ok(Answers.object(List.of("status", "ok"))));
  }

  private Call ready() {
    return Call.get(
        "/ready",
        Operation.of(
                "ready",
                GROUP,
                "200 when the scorer has a model that is warm; else 503 with the reason.")
            .answers("Predictions can be had.", STATUS)
            .mayFail(503),
        asked ->
            HttpResponse.of(
                scorer
                    .serving()
                    .thenApply(
                        serving ->
                            serving
                                ? Responses.ok(Answers.object(List.of("status", "ready")))
                                : notReady("the scorer has no model loaded and warm yet"))
                    .exceptionally(failure -> notReady(ScorerProblem.why(failure)))));
  }

  private static HttpResponse notReady(String detail) {
    return Responses.problem(Problem.of(503, "not-ready", "Not ready", detail));
  }

  private Call metrics() {
    return Call.get(
        "/metrics",
        Operation.of("metrics", GROUP, "Metrics in Prometheus' form.")
            .with(
                Parameter.queries(
                    NAMES,
                    "Only the metrics of these names, as Prometheus has them.",
                    new Parameter.Text(
                        Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]{0,127}"), "a metric's name")))
            .answers(Result.text("The metrics.", MediaType.parse(PROMETHEUS)))
            .answers(Result.text("The metrics.", MediaType.parse(OPEN_METRICS))),
        this::metrics);
  }

  private HttpResponse metrics(Asked asked) {
    String accepted = asked.context().request().headers().get(HttpHeaderNames.ACCEPT, "");
    String type = accepted.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
    return HttpResponse.of(
        HttpStatus.OK, MediaType.parse(type), metrics.text(type, asked.queries(NAMES)));
  }
}
