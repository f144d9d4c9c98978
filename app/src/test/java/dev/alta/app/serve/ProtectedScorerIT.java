package dev.alta.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.app.command.SmallModel;
import dev.alta.core.admit.AdmitSettings;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.embedded.S3Endpoint;
import dev.alta.gateway.Gateway;
import dev.alta.gateway.GatewaySettings;
import dev.alta.gateway.channel.ScorerAddress;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Encounter;
import dev.alta.scorer.Scorer;
import dev.alta.scorer.ScorerSettings;
import dev.alta.testing.certificate.TestCertificates;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway before a scorer that asks who calls. */
@Timeout(60)
final class ProtectedScorerIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String TOKEN = "predicts-0123456789";

  @TempDir static Path folder;

  private static S3Endpoint endpoint;
  private static ObjectStore store;
  private static Scorer scorer;

  @BeforeAll
  static void start() throws Exception {
    TestCertificates.write(folder, "server", "scorer");
    TestCertificates.write(folder, "gateway", "gateway");
    endpoint = S3Endpoint.start(folder.resolve("store"));
    store =
        ObjectStore.open(
            new StoreSettings(
                endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models"));
    Registry registry = new Registry(store, "readmission", Clock.systemUTC());
    registry.publish(SmallModel.publication(0.7));
    registry.setAlias("champion", 1, Optional.empty(), "first");
    AdmitSettings.Tls tls =
        new AdmitSettings.Tls(
            folder.resolve("server.crt"),
            folder.resolve("server.key"),
            Optional.of(folder.resolve("gateway.crt")));
    AdmitSettings admit =
        new AdmitSettings(
            Optional.of(tls),
            Optional.empty(),
            "predict " + TOKEN + ",predict name gateway",
            false);
    Listen everywhere = new Listen("0.0.0.0", 0);
    scorer =
        Scorer.start(
            ScorerSettings.of(everywhere, everywhere).withAdmit(admit),
            () -> registry,
            null,
            metrics());
    awaitServing();
  }

  @AfterAll
  static void stop() {
    scorer.close();
    store.close();
    endpoint.close();
  }

  @Test
  void predictsByAGatewayWithAToken() throws Exception {
    assertThat(
            predict(address(Optional.empty(), Optional.of(new ScorerAddress.Token.Given(TOKEN)))))
        .isEqualTo(200);
  }

  @Test
  void predictsByAGatewayWithACertificate() throws Exception {
    assertThat(predict(address(Optional.of(identity()), Optional.empty()))).isEqualTo(200);
  }

  @Test
  void refusesAGatewayThatDoesNotSayWhoItIs() throws Exception {
    assertThat(predict(address(Optional.empty(), Optional.empty()))).isEqualTo(401);
  }

  @Test
  void refusesAGatewayThatMayPredictOnlyToLoadAModel() throws Exception {
    assertThat(
            post(
                address(Optional.empty(), Optional.of(new ScorerAddress.Token.Given(TOKEN))),
                "/load_model",
                "{\"model\":\"champion\"}"))
        .isEqualTo(403);
  }

  @Test
  void doesNotSendATokenBeyondThisMachineWithoutEncryption() {
    assertThatThrownBy(
            () ->
                new ScorerAddress(
                    List.of(new Listen("192.0.2.1", 8081)),
                    Optional.empty(),
                    Optional.of(new ScorerAddress.Token.Given(TOKEN))))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("scorer-tls-roots");
  }

  private static ScorerAddress.OwnCertificate identity() {
    return new ScorerAddress.OwnCertificate(
        folder.resolve("gateway.crt"), folder.resolve("gateway.key"));
  }

  private static ScorerAddress address(
      Optional<ScorerAddress.OwnCertificate> identity, Optional<ScorerAddress.Token> token) {
    return new ScorerAddress(
        List.of(Listen.onLoopback(scorer.port())),
        Optional.of(new ScorerAddress.Tls(folder.resolve("server.crt"), identity)),
        token);
  }

  private static int predict(ScorerAddress address) throws Exception {
    return post(address, "/predict", TypicalEncounter.of(CONTRACT));
  }

  private static int post(ScorerAddress address, String path, String body) throws Exception {
    try (ScorerAddress.Open open = address.open(metrics());
        Gateway gateway =
            Gateway.start(
                GatewaySettings.of(Listen.onLoopback(0)),
                open.channel(),
                Optional.empty(),
                metrics(),
                CONTRACT)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(gateway.url() + path))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }
  }

  private static void awaitServing() {
    try (ScorerAddress.Open open = address(Optional.empty(), Optional.empty()).open(metrics())) {
      var states =
          HealthGrpc.newBlockingStub(open.channel()).watch(HealthCheckRequest.getDefaultInstance());
      while (states.next().getStatus() != ServingStatus.SERVING) {
        // The next state comes when there is one.
      }
    }
  }

  private static PrometheusMeterRegistry metrics() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }
}
