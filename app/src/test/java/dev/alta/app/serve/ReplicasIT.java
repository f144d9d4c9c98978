package dev.alta.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.channel.ScorerAddress;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Encounter;
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
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (ServedModel model = ServedModel.in(folder);
        ScorerProcess first = ScorerProcess.start(model.bucket(), 0);
        ScorerProcess second = ScorerProcess.start(model.bucket(), 0)) {
      int port = first.port();
      List<Listen> places = List.of(Listen.onLoopback(port), Listen.onLoopback(second.port()));
      try (ScorerAddress.Open scorer =
              new ScorerAddress(places, Optional.empty(), Optional.empty()).open(metrics);
          Gateway gateway =
              Gateway.start(
                  GatewaySettings.of(Listen.onLoopback(0)).withDeadlines(LONG, LONG),
                  scorer.channel(),
                  Optional.empty(),
                  metrics,
                  CONTRACT)) {
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
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/predict"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(TYPICAL))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
