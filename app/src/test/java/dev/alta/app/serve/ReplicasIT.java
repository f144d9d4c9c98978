package dev.alta.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.channel.ScorerAddress;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Encounter;
import dev.alta.scorer.Scorer;
import io.grpc.ManagedChannel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway before two scorers, which are killed one after the other. */
@Timeout(180)
final class ReplicasIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String TYPICAL = TypicalEncounter.of(CONTRACT);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int CALLERS = 4;
  private static final int CALLS = 300;

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void failsNoRequestWhileAReplicaIsLeftAndGivesUpWhileNoneIs() throws Exception {
    PrometheusMeterRegistry metrics = metrics();
    try (ServedModel model = ServedModel.in(folder);
        ScorerProcess first = ScorerProcess.start(model.bucket(), 0);
        ScorerProcess second = ScorerProcess.start(model.bucket(), 0)) {
      int port = first.port();
      try (ScorerAddress.Open scorer = replicas(port, second.port()).open(metrics);
          Gateway gateway = gateway(scorer, metrics)) {
        killUnderLoad(gateway, first);

        second.kill();
        HttpResponse<String> givenUp = predictUntil(gateway, "is not asked for now");
        assertThat(givenUp.statusCode()).isEqualTo(503);
        assertThat(givenUp.headers().firstValue("Retry-After")).contains("1");
        assertThat(metrics.scrape()).contains("gateway_scorer_given_up 1.0");

        try (ScorerProcess third = ScorerProcess.start(model.bucket(), port)) {
          assertThat(third.port()).isEqualTo(port);
          assertThat(predictUntil(gateway, "\"prediction\"").statusCode()).isEqualTo(200);
          assertThat(metrics.scrape()).contains("gateway_scorer_given_up 0.0");
        }
      }
    }
  }

  @Test
  void asksNoReplicaForAPredictionThatHasNoModelYet() throws Exception {
    PrometheusMeterRegistry metrics = metrics();
    try (ServedModel model = ServedModel.in(folder);
        Scorer cold = model.scorer("nobody", metrics())) {
      try (Scorer warm = model.scorer(metrics());
          ScorerAddress.Open scorer = replicas(cold.port(), warm.port()).open(metrics);
          Gateway gateway = gateway(scorer, metrics)) {
        ManagedChannel toWarm = warm.channel();
        ServedModel.awaitServing(toWarm);
        toWarm.shutdownNow();
        for (int call = 0; call < CALLS / 3; call++) {
          assertThat(predict(gateway).statusCode()).as("call %d", call).isEqualTo(200);
        }
      }
      try (ScorerAddress.Open scorer = replicas(cold.port()).open(metrics);
          Gateway gateway = gateway(scorer, metrics)) {
        HttpResponse<String> none = predict(gateway);
        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(none.body()).contains("no model is loaded and warm yet");
        while (!get(gateway, "/ready").body().contains("no model is loaded")) {
          Thread.onSpinWait(); // it asks for two seconds at most, which may be too short here
        }
        // It is there to be told which one to load.
        assertThat(post(gateway, "/load_model", "{\"model\":\"2\"}").statusCode()).isEqualTo(200);
        assertThat(predictUntil(gateway, "\"prediction\"").statusCode()).isEqualTo(200);
      }
    }
  }

  private static PrometheusMeterRegistry metrics() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  private static ScorerAddress replicas(int... ports) {
    List<Listen> places = Arrays.stream(ports).mapToObj(Listen::onLoopback).toList();
    return new ScorerAddress(places, Optional.empty(), Optional.empty());
  }

  private static Gateway gateway(ScorerAddress.Open scorer, PrometheusMeterRegistry metrics) {
    return Gateway.start(
        GatewaySettings.of(Listen.onLoopback(0)).withDeadlines(LONG, LONG),
        scorer.channel(),
        Optional.empty(),
        metrics,
        CONTRACT);
  }

  /** Callers who each ask again as soon as they are answered; half-way a replica is killed. */
  private void killUnderLoad(Gateway gateway, ScorerProcess replica) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    AtomicInteger answered = new AtomicInteger();
    Callable<List<String>> caller =
        () -> {
          List<String> failures = new ArrayList<>();
          while (answered.getAndIncrement() < CALLS) {
            HttpResponse<String> response = predict(gateway);
            if (response.statusCode() != 200) {
              failures.add(response.body());
            }
          }
          return failures;
        };
    List<Future<List<String>>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(threads.submit(caller));
    }
    while (answered.get() < CALLS / 2) {
      Thread.onSpinWait();
    }
    replica.kill();
    for (Future<List<String>> one : callers) {
      assertThat(one.get()).isEmpty();
    }
    threads.shutdown();
  }

  private HttpResponse<String> predictUntil(Gateway gateway, String words) throws Exception {
    HttpResponse<String> response = predict(gateway);
    while (!response.body().contains(words)) {
      response = predict(gateway);
    }
    return response;
  }

  private HttpResponse<String> predict(Gateway gateway) throws Exception {
    return post(gateway, "/predict", TYPICAL);
  }

  private HttpResponse<String> post(Gateway gateway, String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(Gateway gateway, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(gateway.url() + path)).build(), BodyHandlers.ofString());
  }
}
