package dev.alta.gateway;

import static dev.alta.gateway.Http.ok;
import static dev.alta.gateway.Http.problem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.DaemonThreads;
import dev.alta.core.life.Listen;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.proto.v1.Encounter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller may get wrong, one by one: never a 5xx, always a problem that says what. */
@Timeout(120)
final class FaultsIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String TYPICAL = TypicalEncounter.of(CONTRACT);
  private static final int HUNDRED_MEGABYTES = 100_000_000;
  private static final String BEGINNING = "{\"age\":";

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/json; charset=iso-8859-1",
        "nonsense",
      })
  void wrongContentType(String type) throws Exception {
    HttpRequest.Builder request =
        http.request("/predict")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(TYPICAL));

    assertThat(problem(http.send(request), 415).get("detail").asText())
        .isEqualTo("Content-Type: " + type + " (expected: application/json)");
  }

  @Test
  void invalidUtf8() throws Exception {
    byte[] latin = "{\"payer_code\":\"\u00e9\"}".getBytes(ISO_8859_1);
    byte[] overlong = {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'};
    for (byte[] body : List.of(latin, overlong, TYPICAL.getBytes(UTF_16LE))) {
      assertThat(problem(http.post("/predict", body), 400).get("detail").asText())
          .startsWith("the body is not UTF-8");
    }
  }

  @Test
  void duplicateKeys() throws Exception {
    assertThat(violations("{\"age\":\"[0-10)\"," + TYPICAL.substring(1)))
        .containsExactly("age: given once, but it is there twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"NaN", "Infinity", "-Infinity", "1e400", "1e999999999", "12345678901234567890123"})
  void numbersThatAreNone(String number) throws Exception {
    assertThat(violations("{\"time_in_hospital\":" + number + "," + without("time_in_hospital")))
        .containsExactly("time_in_hospital: a whole number from 1 to 14");
  }

  @Test
  void aNumberOfAMillionDigits() throws Exception {
    String body = "{\"time_in_hospital\":" + "9".repeat(1_000_000) + "}";

    assertThat(problem(http.post("/predict", body), 400).get("detail").asText())
        .contains("a number or name that is far too long");
  }

  @Test
  void aTextOfAMegabyte() throws Exception {
    JsonNode problem =
        problem(
            http.post(
                "/predict",
                "{\"payer_code\":\"" + "x".repeat(1 << 20) + "\"," + TYPICAL.substring(1)),
            400);

    assertThat(problem.toString().length()).isLessThan(1_000);
    assertThat(problem.get("violations").get(0).get("field").asText()).isEqualTo("payer_code");
  }

  @Test
  void nestingBomb() throws Exception {
    for (String body :
        List.of(
            "[".repeat(1_000_000), "{\"age\":" + "[".repeat(100_000), "{\"a\":".repeat(100_000))) {
      assertThat(problem(http.post("/predict", body), 400).get("detail").asText())
          .contains("nested more than");
    }
  }

  @Test
  void emptyBody() throws Exception {
    for (String path : List.of("/predict", "/explain", "/models/rollback", "/models/3/promote")) {
      assertThat(problem(http.post(path, ""), 400).get("detail").asText())
          .startsWith("the body is empty (expected: ");
    }
    ok(http.post("/load_model", ""));
  }

  @Test
  void aBodyOfHundredMegabytesIsRefusedBeforeItIsSent() throws Exception {
    try (Socket socket = open("/predict", "Content-Length: " + HUNDRED_MEGABYTES, BEGINNING)) {
      assertThat(answer(socket)).startsWith("HTTP/1.1 413").contains("at most 4 MiB");
    }
  }

  @Test
  void aBodyOfTensorsMayBeTwiceAsLong() throws Exception {
    String infer = "/v2/models/readmission/infer";
    try (Socket socket = open(infer, "Content-Length: " + HUNDRED_MEGABYTES, BEGINNING)) {
      assertThat(answer(socket))
          .startsWith("HTTP/1.1 413")
          .contains("{\"error\":\"", "at most 8 MiB");
    }
    GatewaySettings impatient =
        GatewaySettings.of(Listen.onLoopback(0)).withBodyDeadline(Duration.ofMillis(200));
    try (Gateway other = scorer.gateway(impatient);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
      send(socket, infer, "Content-Length: " + (5 << 20), BEGINNING);

      // It was waited for.
      assertThat(answer(socket)).startsWith("HTTP/1.1 408").contains("{\"error\":\"");
    }
  }

  @Test
  void aBodyThatDoesNotSayItsLengthIsRefusedOnTheWay() throws Exception {
    try (Socket socket = open("/predict", "Transfer-Encoding: chunked", "")) {
      Thread writer = DaemonThreads.named("endless-body").newThread(() -> writeChunks(socket));
      writer.start();

      assertThat(answer(socket)).startsWith("HTTP/1.1 413");
    }
    ok(http.post("/predict", TYPICAL));
  }

  /** Writes until the other side has had enough. */
  private static void writeChunks(Socket socket) {
    byte[] chunk = ("10000\r\n" + "x".repeat(1 << 16) + "\r\n").getBytes(UTF_8);
    try {
      OutputStream out = socket.getOutputStream();
      for (int sent = 0; sent < HUNDRED_MEGABYTES; sent += chunk.length) {
        out.write(chunk);
      }
    } catch (IOException closed) {
      assertThat(closed).hasMessageMatching(".*(reset|pipe|closed|abort).*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/predict", "/models/rollback", "/v2/models/readmission/infer"})
  void slowBody(String path) throws Exception {
    GatewaySettings impatient =
        GatewaySettings.of(Listen.onLoopback(0)).withBodyDeadline(Duration.ofMillis(200));
    try (Gateway other = scorer.gateway(impatient);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
      send(socket, path, "Content-Length: 1000", BEGINNING);

      assertThat(answer(socket))
          .startsWith("HTTP/1.1 408")
          .contains("application/problem+json", "the body did not come in time");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /predict         | POST",
        "DELETE | /predict/        | POST",
        "PUT    | /models/rollback | POST",
        "POST   | /health          | GET, HEAD",
        "PATCH  | /models/3        | GET, HEAD",
        "POST   | /docs/docs.js    | GET, HEAD",
        "POST   | /v2/health/live  | GET, HEAD",
        "GET    | /v2/models/readmission/infer | POST",
        "GET    | /v2/repository/index/?x=1    | POST",
        "POST   | /page/app.js     | GET, HEAD",
      })
  void wrongMethod(String method, String path, String allowed) throws Exception {
    HttpResponse<String> response =
        http.send(http.request(path).method(method, BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.body()).contains("(expected: " + allowed + ")");
    assertThat(response.headers().firstValue("allow")).hasValue(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET  | /v2/models/readmission/infer | application/json | */* | 405 | expected: POST",
        "POST | /v2/models/readmission/infer | application/xml  | */* | 415"
            + " | expected: application/json or application/octet-stream",
        "POST | /v2/repository/index | application/octet-stream | */* | 415"
            + " | expected: application/json)",
        "POST | /v2/models/readmission/infer | application/json | text/html | 406"
            + " | expected: application/json or application/octet-stream",
        "POST | /v2/models/readmission/infer?versio=1 | application/json | */* | 400"
            + " | versio: 1 (expected: no parameters)",
        "GET  | /v2/health/redy | application/json | */* | 404"
            + " | the nearest is /v2/health/ready",
        "GET  | /v2/models/%01 | application/json | */* | 400 | the request cannot be read",
      })
  void faultsOfTheOpenInferenceProtocolAreInItsForm(
      String method, String path, String type, String accept, int status, String words)
      throws Exception {
    HttpResponse<String> response =
        http.send(
            http.request(path)
                .header("Content-Type", type)
                .header("Accept", accept)
                .method(method, BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Http.MAPPER.readTree(response.body()).get("error").asText()).contains(words);
  }

  @Test
  void askingWhatIsAllowedIsNoFault() throws Exception {
    HttpResponse<String> response =
        http.send(http.request("/models/3").method("OPTIONS", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
    HttpResponse<String> head =
        http.send(http.request("/health").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/predictt, the nearest is /predict",
    "/model-inf?x=1, the nearest is /model-info",
    "/nothing/of/the/kind, GET / says what there is",
    "/page/none.js, GET / says what there is",
  })
  void unknownPath(String path, String hint) throws Exception {
    assertThat(problem(http.get(path), 404).get("detail").asText())
        .isEqualTo("there is nothing here; " + hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/predict  | text/html",
        "/predict  | application/xml, text/*;q=0.5",
        "/predict  | application/json;q=0, */*",
        "/models/3/card | application/json",
        "/         | image/png",
      })
  void unacceptableAccept(String path, String accept) throws Exception {
    HttpRequest.Builder request = http.json(path).header("Accept", accept);
    if (path.equals("/predict")) {
      request.POST(BodyPublishers.ofString(TYPICAL));
    }

    assertThat(problem(http.send(request), 406).get("detail").asText())
        .startsWith("Accept: " + accept + " (expected: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/*",
        "text/html, application/json;q=0.1",
        "text/html, */*;q=0.1"
      })
  void acceptableAccept(String accept) throws Exception {
    ok(
        http.send(
            http.json("/predict").header("Accept", accept).POST(BodyPublishers.ofString(TYPICAL))));
  }

  @Test
  void gzipBothWays() throws Exception {
    String list = "[" + (TYPICAL + ",").repeat(99) + TYPICAL + "]";
    HttpRequest.Builder request =
        http.json("/predict")
            .header("Content-Encoding", "gzip")
            .header("Accept-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(gzip(list.getBytes(UTF_8))));

    HttpResponse<byte[]> response = http.bytes(request);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(Http.MAPPER.readTree(gunzip(response.body()))).hasSize(100);
    // Nobody asked for it, or it is not worth it.
    assertThat(http.post("/predict", list).headers().firstValue("content-encoding")).isEmpty();
    HttpResponse<byte[]> small =
        http.bytes(
            http.json("/predict")
                .header("Accept-Encoding", "gzip")
                .POST(BodyPublishers.ofString(TYPICAL)));
    assertThat(small.headers().firstValue("content-encoding")).isEmpty();
  }

  @Test
  void gzipBomb() throws Exception {
    byte[] bomb = gzip(new byte[HUNDRED_MEGABYTES]);
    assertThat(bomb.length).isLessThan(200_000);

    problem(http.send(coded("gzip", bomb)), 413);
    ok(http.post("/predict", TYPICAL));
  }

  @Test
  void codingsThatAreNotAsTheySay() throws Exception {
    assertThat(
            problem(http.send(coded("gzip", TYPICAL.getBytes(UTF_8))), 400).get("detail").asText())
        .contains("not gzip");
    byte[] whole = gzip(TYPICAL.getBytes(UTF_8));
    problem(http.send(coded("gzip", Arrays.copyOf(whole, whole.length / 2))), 400);
    assertThat(problem(http.send(coded("br", new byte[10])), 415).get("detail").asText())
        .isEqualTo("Content-Encoding: br (expected: none, or gzip)");
  }

  @Test
  void speaksHttp2() throws Exception {
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .build()
            .send(
                http.json("/predict").POST(BodyPublishers.ofString(TYPICAL)).build(),
                BodyHandlers.ofString());

    ok(response);
    assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
  }

  private static HttpRequest.Builder coded(String coding, byte[] body) {
    return http.json("/predict")
        .header("Content-Encoding", coding)
        .POST(BodyPublishers.ofByteArray(body));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(small)) {
      out.write(bytes);
    }
    return small.toByteArray();
  }

  private static byte[] gunzip(byte[] bytes) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
  }

  private static Socket open(String path, String header, String body) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    send(socket, path, header, body);
    return socket;
  }

  /** At once: the gateway may refuse it, and hang up, before anything else could be sent. */
  private static void send(Socket socket, String path, String header, String body)
      throws IOException {
    String request =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + header
            + "\r\n\r\n"
            + body;
    socket.getOutputStream().write(request.getBytes(UTF_8));
  }

  /** What comes back, up to the end of a problem. */
  private static String answer(Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("}") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        break;
      }
      answer.append((char) next);
    }
    return answer.toString();
  }

  private static List<String> violations(String body) throws Exception {
    return problem(http.post("/predict", body), 400).get("violations").findParents("field").stream()
        .map(
            violation ->
                violation.get("field").asText() + ": " + violation.get("expected").asText())
        .toList();
  }

  /** The rest of a typical encounter, without one of its columns. */
  private static String without(String column) {
    return TYPICAL.substring(1).replaceFirst("\"" + column + "\":[0-9]+,?", "");
  }
}
