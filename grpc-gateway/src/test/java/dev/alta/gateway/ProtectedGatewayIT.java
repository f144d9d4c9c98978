package dev.alta.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alta.core.admit.AdmitSettings;
import dev.alta.core.admit.Right;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.certificate.TestCertificates;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway that listens on all addresses, with encryption and tokens. */
@Timeout(300)
final class ProtectedGatewayIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String TYPICAL = TypicalEncounter.of(CONTRACT);
  private static final String PREDICTS = "predicts-0123456789";
  private static final String ADMINISTERS = "administers-0123456789";
  private static final String SCRAPES = "scrapes-0123456789";
  private static final String ORIGIN = "https://page.example";

  @TempDir static Path folder;

  private static ScorerOnNetty scorer;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    scorer = ScorerOnNetty.start();
    scorer.serving(true);
    TestCertificates.write(folder, "server", "gateway");
    TestCertificates.write(folder, "client", "ward-7");
    Files.writeString(
        folder.resolve("tokens"),
        "predict %s\nadmin %s\nmetrics %s\npredict name ward-7\n"
            .formatted(PREDICTS, ADMINISTERS, SCRAPES));
    gateway = scorer.gateway(settings(folder).withOrigins(List.of(ORIGIN)));
  }

  private static GatewaySettings settings(Path files) {
    return GatewaySettings.of(new Listen("0.0.0.0", 0))
        .withAdmit(
            new AdmitSettings(
                Optional.of(
                    new AdmitSettings.Tls(
                        files.resolve("server.crt"),
                        files.resolve("server.key"),
                        Optional.of(files.resolve("client.crt")))),
                Optional.of(files.resolve("tokens")),
                "",
                false));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    scorer.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /predict, " + PREDICTS + ", 200",
    "POST, /predict, " + ADMINISTERS + ", 403",
    "POST, /predict, " + SCRAPES + ", 403",
    "POST, /predict, unknown-0123456789, 401",
    "POST, /predict, '', 401",
    "POST, /load_model, " + PREDICTS + ", 403",
    "POST, /load_model, " + ADMINISTERS + ", 400",
    "GET, /model-info, " + PREDICTS + ", 200",
    "GET, /metrics, " + SCRAPES + ", 200",
    "GET, /metrics, " + PREDICTS + ", 403",
    "GET, /metrics/, '', 401",
    "GET, /nowhere, '', 401",
    "GET, /nowhere, " + PREDICTS + ", 404",
  })
  void givesEachTokenItsRightsAndNoOther(String method, String path, String token, int status)
      throws Exception {
    HttpRequest.Builder request =
        request(path).method(method, BodyPublishers.ofString(method.equals("GET") ? "" : TYPICAL));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> response = send(TlsClients.trusting(folder), request);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    if (status == 401 || status == 403) {
      assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Bearer realm=\"alta\"");
      assertThat(response.headers().firstValue("Content-Type"))
          .contains("application/problem+json");
      var problem = new ObjectMapper().readTree(response.body());
      assertThat(problem.get("status").asInt()).isEqualTo(status);
      assertThat(problem.get("detail").asText()).isNotEmpty();
      assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
    }
  }

  @Test
  void asksForTheRightOfEachPathAndForNoOther() throws Exception {
    HttpClient client = TlsClients.trusting(folder);
    HttpClient known = TlsClients.of(folder, Optional.of("client"), HttpClient.Version.HTTP_1_1);
    RouteTable table = new RouteTable("https://localhost:" + gateway.port());
    table.requireAll(gateway.routes(), client, List.of(PREDICTS, ADMINISTERS, SCRAPES));

    table.check(client, "", Optional.empty());
    table.check(client, "unknown-0123456789", Optional.empty());
    table.check(client, PREDICTS, Optional.of(Right.PREDICT));
    table.check(client, ADMINISTERS, Optional.of(Right.ADMIN));
    table.check(client, SCRAPES, Optional.of(Right.METRICS));
    table.check(known, "", Optional.of(Right.PREDICT));
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void speaksBothVersionsOfHttpOverTls(HttpClient.Version version) throws Exception {
    HttpResponse<String> response =
        send(
            TlsClients.of(folder, Optional.empty(), version),
            predict().header("Authorization", "bearer " + PREDICTS));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(version);
  }

  @Test
  void letsThePagesOfANamedOriginCallAndNoOthers() throws Exception {
    HttpResponse<String> asked = send(TlsClients.trusting(folder), preflight(ORIGIN));
    HttpResponse<String> stranger =
        send(TlsClients.trusting(folder), preflight("https://evil.example"));
    HttpResponse<String> refused =
        send(TlsClients.trusting(folder), predict().header("Origin", ORIGIN));

    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(allowed(asked)).contains(ORIGIN);
    assertThat(allowed(stranger)).isEmpty();
    // A page must be able to read why it is refused.
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(allowed(refused)).contains(ORIGIN);
  }

  private static HttpRequest.Builder preflight(String origin) {
    return request("/predict")
        .method("OPTIONS", BodyPublishers.noBody())
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "content-type,authorization");
  }

  private static Optional<String> allowed(HttpResponse<String> response) {
    return response.headers().firstValue("Access-Control-Allow-Origin");
  }

  @Test
  void showsANewCertificateAndTakesNewTokensOnceTheyAreThereWithoutACallLost(@TempDir Path files)
      throws Exception {
    for (String name : List.of("server.crt", "server.key", "client.crt", "tokens")) {
      Files.copy(folder.resolve(name), files.resolve(name));
    }
    GatewaySettings patient =
        settings(files)
            .withDeadlines(Duration.ofMinutes(1), Duration.ofMinutes(10))
            .withBodyDeadline(Duration.ofMinutes(10));
    PipedOutputStream body = new PipedOutputStream();
    try (Gateway changing = scorer.gateway(patient)) {
      String url = changing.url().replace("0.0.0.0", "localhost");
      HttpRequest.Builder late = bearing(url + "/model-info", "late-0123456789abc");
      HttpRequest.Builder early = bearing(url + "/model-info", PREDICTS);
      HttpClient before = TlsClients.of(folder, Optional.empty(), HttpClient.Version.HTTP_2);
      assertThat(send(before, late).statusCode()).isEqualTo(401);
      // Its body comes when everything has changed.
      PipedInputStream source = new PipedInputStream(body);
      CompletableFuture<HttpResponse<String>> underWay =
          before.sendAsync(
              bearing(url + "/predict", PREDICTS)
                  .POST(BodyPublishers.ofInputStream(() -> source))
                  .build(),
              BodyHandlers.ofString());

      TestCertificates.write(files, "fresh", "gateway");
      Files.writeString(
          files.resolve("tokens"), "predict late-0123456789abc\npredict " + PREDICTS + "\n");
      for (String kind : List.of(".crt", ".key")) {
        Files.copy(
            files.resolve("fresh" + kind),
            files.resolve("server" + kind),
            StandardCopyOption.REPLACE_EXISTING);
      }
      while (statusFor(files, late) != 200) {
        assertThat(send(before, early).statusCode()).isEqualTo(200);
      }

      assertThatThrownBy(() -> send(TlsClients.trusting(folder), late))
          .isInstanceOf(SSLException.class);
      // On the connection of before, which no other certificate could have opened.
      assertThat(send(before, early).statusCode()).isEqualTo(200);
      assertThat(send(before, late).statusCode()).isEqualTo(200);
      body.write(TYPICAL.getBytes(StandardCharsets.UTF_8));
      body.close();
      assertThat(underWay.join().statusCode()).isEqualTo(200);
    }
  }

  private static HttpRequest.Builder bearing(String url, String token) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
  }

  /** What a client gets who trusts the certificate in a folder and no other; 0: no connection. */
  private static int statusFor(Path files, HttpRequest.Builder request) throws Exception {
    try {
      return send(TlsClients.trusting(files), request).statusCode();
    } catch (SSLException notYet) {
      return 0;
    }
  }

  @Test
  void startsBeyondThisMachineOnlyProtectedOrIfToldSo() {
    GatewaySettings open = GatewaySettings.of(new Listen("0.0.0.0", 0));

    assertThatThrownBy(() -> scorer.gateway(open))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("tls-cert, tls-key and token-file; or insecure");
    scorer
        .gateway(open.withAdmit(new AdmitSettings(Optional.empty(), Optional.empty(), "", true)))
        .close();
  }

  private static HttpRequest.Builder predict() {
    return post("/predict", TYPICAL);
  }

  private static HttpRequest.Builder post(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + path));
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
