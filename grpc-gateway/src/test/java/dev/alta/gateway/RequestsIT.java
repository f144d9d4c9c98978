package dev.alta.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.Listen;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.gateway.request.AccessLog;
import dev.alta.proto.v1.Encounter;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What every request passes through, on the loopback address. */
@Timeout(60)
final class RequestsIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String TYPICAL = TypicalEncounter.of(CONTRACT);
  private static final String TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";

  private static ScorerOnNetty scorer;
  private static Gateway gateway;

  private final List<String> said = new ArrayList<>();
  private final AppenderBase<ILoggingEvent> lines =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          String line = event.getFormattedMessage();
          // Those of other tests may come late.
          if (line.contains(" logged-")) {
            said.add(line);
          }
        }
      };

  @BeforeAll
  static void start() throws IOException {
    scorer = ScorerOnNetty.start();
    gateway = scorer.gateway(GatewaySettings.of(Listen.onLoopback(0)).withAccessLog(true));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    scorer.close();
  }

  @BeforeEach
  void listen() {
    lines.start();
    ((Logger) LoggerFactory.getLogger(AccessLog.class)).addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    ((Logger) LoggerFactory.getLogger(AccessLog.class)).detachAppender(lines);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void speaksBothVersionsOfHttp(HttpClient.Version version) throws Exception {
    HttpResponse<String> response = send(version, predict(TYPICAL));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(version);
  }

  @Test
  void saysOnAKeptConnectionThatItEndsBeforeItDoes() throws Exception {
    try (Gateway stopping = scorer.gateway(GatewaySettings.of(Listen.onLoopback(0)));
        Socket kept = new Socket(InetAddress.getLoopbackAddress(), stopping.port())) {
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(kept.getInputStream(), StandardCharsets.ISO_8859_1));
      assertThat(head(kept, answers))
          .startsWith("http/1.1 200")
          .doesNotContain("connection: close");

      // Far longer than this test may take: what ends it is that no connection is left.
      FutureTask<Boolean> farewell =
          new FutureTask<>(
              () -> {
                stopping.sayFarewell(Duration.ofHours(1));
                return true;
              });
      new Thread(farewell, "farewell").start();
      String head = head(kept, answers);
      while (!head.contains("connection: close")) {
        assertThat(head).startsWith("http/1.1 200");
        head = head(kept, answers);
      }

      assertThat(head).startsWith("http/1.1 200");
      assertThat(farewell.get()).isTrue();
    }
  }

  /** Asks for /health; the answer's head in lower case. */
  private static String head(Socket connection, BufferedReader answers) throws IOException {
    connection
        .getOutputStream()
        .write("GET /health HTTP/1.1\r\nHost: alta\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    int length = 0;
    for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
      head.append(line.toLowerCase(Locale.ROOT)).append('\n');
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      int unused = answers.read();
    }
    return head.toString();
  }

  @Test
  void takesTheIdOfTheHeaderWhereTheBodyHasNoneAndGivesItBack() throws Exception {
    HttpResponse<String> response = send(predict(TYPICAL).header("X-Request-Id", "ward-7/42"));

    assertThat(response.headers().firstValue("X-Request-Id")).contains("ward-7/42");
    assertThat(scorer.lastRequest().getRequestId()).isEqualTo("ward-7/42");
  }

  @Test
  void takesTheIdOfTheBodyForThePrediction() throws Exception {
    ObjectNode encounter = (ObjectNode) new ObjectMapper().readTree(TYPICAL);
    encounter.put("request_id", "of-the-body");

    HttpResponse<String> response =
        send(predict(encounter.toString()).header("X-Request-Id", "of-the-header"));

    assertThat(response.headers().firstValue("X-Request-Id")).contains("of-the-header");
    assertThat(scorer.lastRequest().getRequestId()).isEqualTo("of-the-body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "é", "<script>"})
  void makesAnIdWhereTheHeaderIsNone(String given) throws Exception {
    HttpRequest.Builder request = predict(TYPICAL);
    if (!given.isEmpty()) {
      request.header("X-Request-Id", given);
    }

    String made = send(request).headers().firstValue("X-Request-Id").orElseThrow();

    assertThat(made).matches("[0-9a-f-]{36}");
    assertThat(scorer.lastRequest().getRequestId()).isEqualTo(made);
  }

  @Test
  void passesOnTheTraceThatARequestBelongsTo() throws Exception {
    send(predict(TYPICAL).header("traceparent", TRACE).header("tracestate", "ward=7"));

    assertThat(scorer.lastHeader("traceparent")).contains(TRACE);
    assertThat(scorer.lastHeader("tracestate")).contains("ward=7");
  }

  @Test
  void waitsNoLongerThanItsCallerDoes() throws Exception {
    try (ScorerOnNetty silent = ScorerOnNetty.start();
        Gateway patient = silent.gateway(GatewaySettings.of(Listen.onLoopback(0)))) {
      // Connects, which on a busy machine could take longer than the time given below.
      assertThat(send(predict(patient, TYPICAL)).statusCode()).isEqualTo(200);
      silent.beSilent();
      long before = System.nanoTime();

      HttpResponse<String> response = send(predict(patient, TYPICAL).header("Grpc-Timeout", "3S"));

      assertThat(response.statusCode()).isEqualTo(504);
      assertThat(silent.lastDeadlineMillis()).isBetween(1L, 3_000L);
      assertThat(System.nanoTime() - before).isGreaterThan(3_000_000_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "5", "-1S", "123456789S", "1h"})
  void refusesAHeaderThatIsNoTime(String timeout) throws Exception {
    HttpResponse<String> response = send(predict(TYPICAL).header("Grpc-Timeout", timeout));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("grpc-timeout");
  }

  @Test
  void logsALineForEachRequestAndNothingOfAPatient() throws Exception {
    send(predict(TYPICAL.replace("Female", "Secret")).header("X-Request-Id", "logged-1"));
    send(get("/model-info?patient_nbr=4711").header("X-Request-Id", "logged-2"));
    send(get("/patients/4711").header("X-Request-Id", "logged-3"));

    List<String> found = awaitLines(3);
    assertThat(found.get(0)).matches("POST /predict 400 [0-9.]+ ms \\d+ bytes logged-1");
    assertThat(found.get(1)).matches("GET /model-info \\d+ [0-9.]+ ms \\d+ bytes logged-2");
    assertThat(found.get(2)).matches("GET \\S+ 404 [0-9.]+ ms \\d+ bytes logged-3");
    assertThat(found.toString()).doesNotContain("Secret", "4711");
  }

  /** The log is written once an answer has gone out, which its receiver may see first. */
  private List<String> awaitLines(int count) {
    List<String> ours = List.of();
    while (ours.size() < count) {
      synchronized (lines) {
        ours = List.copyOf(said);
      }
    }
    return ours;
  }

  @Test
  void packsLongAnswersForWhomAcceptsItAndNoShortOnes() throws Exception {
    HttpResponse<byte[]> schema = packed(get("/schema"));
    HttpResponse<byte[]> health = packed(get("/health"));

    assertThat(schema.headers().firstValue("Content-Encoding")).contains("gzip");
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(schema.body())).readAllBytes();
    assertThat(new ObjectMapper().readTree(unpacked).get("title").asText()).isEqualTo("Encounter");
    assertThat(health.headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void letsNoPageOfAnotherOriginCall() throws Exception {
    HttpResponse<String> asked =
        send(
            HttpRequest.newBuilder(URI.create(gateway.url() + "/predict"))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://page.example")
                .header("Access-Control-Request-Method", "POST"));

    assertThat(asked.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  private static HttpResponse<byte[]> packed(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(request.header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.url() + path));
  }

  private static HttpRequest.Builder predict(String body) {
    return predict(gateway, body);
  }

  private static HttpRequest.Builder predict(Gateway asked, String body) {
    return HttpRequest.newBuilder(URI.create(asked.url() + "/predict"))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return send(HttpClient.Version.HTTP_1_1, request);
  }

  private static HttpResponse<String> send(HttpClient.Version version, HttpRequest.Builder request)
      throws Exception {
    return HttpClient.newBuilder()
        .version(version)
        .build()
        .send(request.build(), BodyHandlers.ofString());
  }
}
