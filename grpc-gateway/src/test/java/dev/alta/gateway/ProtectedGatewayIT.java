package dev.alta.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alta.core.admit.AdmitSettings;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.certificate.TestCertificates;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.CertificateUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that listens on all addresses, with encryption and tokens. */
@Timeout(60)
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

    HttpResponse<String> response = send(trusting(), request);

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

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/ready/", "/schema", "/"})
  void opensProbesAndThePageToAll(String path) throws Exception {
    assertThat(send(trusting(), request(path)).statusCode()).isEqualTo(200);
  }

  @Test
  void knowsAClientByItsCertificate() throws Exception {
    HttpClient client = client(folder, Optional.of("client"), HttpClient.Version.HTTP_2);

    assertThat(send(client, predict()).statusCode()).isEqualTo(200);
    assertThat(send(client, post("/load_model", "{}")).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void speaksBothVersionsOfHttpOverTls(HttpClient.Version version) throws Exception {
    HttpResponse<String> response =
        send(
            client(folder, Optional.empty(), version),
            predict().header("Authorization", "bearer " + PREDICTS));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(version);
  }

  @Test
  void letsThePagesOfANamedOriginCallAndNoOthers() throws Exception {
    HttpResponse<String> asked = send(trusting(), preflight(ORIGIN));
    HttpResponse<String> stranger = send(trusting(), preflight("https://evil.example"));
    HttpResponse<String> refused = send(trusting(), predict().header("Origin", ORIGIN));

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
  void showsANewCertificateAndTakesNewTokensOnceTheyAreThere(@TempDir Path files) throws Exception {
    for (String name : List.of("server.crt", "server.key", "client.crt", "tokens")) {
      Files.copy(folder.resolve(name), files.resolve(name));
    }
    try (Gateway changing = scorer.gateway(settings(files))) {
      String url = changing.url().replace("0.0.0.0", "localhost");
      HttpRequest.Builder late =
          HttpRequest.newBuilder(URI.create(url + "/model-info"))
              .header("Authorization", "Bearer late-0123456789abc");
      assertThat(send(trusting(), late).statusCode()).isEqualTo(401);

      TestCertificates.write(files, "fresh", "gateway");
      Files.writeString(files.resolve("tokens"), "predict late-0123456789abc\n");
      for (String kind : List.of(".crt", ".key")) {
        Files.copy(
            files.resolve("fresh" + kind),
            files.resolve("server" + kind),
            StandardCopyOption.REPLACE_EXISTING);
      }
      while (statusFor(files, late) != 200) {
        Thread.onSpinWait();
      }

      assertThatThrownBy(() -> send(trusting(), late)).isInstanceOf(SSLException.class);
    }
  }

  /** What a client gets who trusts the certificate in a folder and no other; 0: no connection. */
  private static int statusFor(Path files, HttpRequest.Builder request) throws Exception {
    try {
      HttpClient client = client(files, Optional.empty(), HttpClient.Version.HTTP_1_1);
      return send(client, request).statusCode();
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

  private static HttpClient trusting() throws Exception {
    return client(folder, Optional.empty(), HttpClient.Version.HTTP_1_1);
  }

  private static HttpClient client(
      Path files, Optional<String> identity, HttpClient.Version version) throws Exception {
    var certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    try (var file = Files.newInputStream(files.resolve("server.crt"))) {
      certificates.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys = new KeyManager[0];
    if (identity.isPresent()) {
      keys = new KeyManager[] {identity(files, identity.get())};
    }
    context.init(keys, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).version(version).build();
  }

  private static KeyManager identity(Path files, String name) throws Exception {
    AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
    try (var certificate = Files.newInputStream(files.resolve(name + ".crt"));
        var key = Files.newInputStream(files.resolve(name + ".key"))) {
      manager.updateIdentityCredentials(
          CertificateUtils.getX509Certificates(certificate), CertificateUtils.getPrivateKey(key));
    }
    return manager;
  }
}
