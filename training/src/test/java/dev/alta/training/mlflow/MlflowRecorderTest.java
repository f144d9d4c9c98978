package dev.alta.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.alta.proto.v1.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MlflowRecorderTest {
  private static final Manifest MANIFEST =
      Manifest.newBuilder()
          .setName("readmission")
          .setVersion("1")
          .setCreatedAt("2026-11-21T12:00:00Z")
          .build();

  @Test
  void saysInTheOutcomeThatNobodyAnswers() {
    MlflowOutcome outcome = record("http://127.0.0.1:1");
    assertThat(outcome).isInstanceOf(MlflowOutcome.NotRecorded.class);
    assertThat(outcome.words())
        .startsWith("not recorded in MLflow: MLflow http://127.0.0.1:1: ")
        .endsWith(" (expected: a server that answers)");
  }

  @Test
  void saysInTheOutcomeThatAnotherServerAnswers() throws IOException {
    HttpServer other = serve(200, "<html>", new ArrayList<>());
    try {
      assertThat(record(url(other)).words())
          .endsWith("(expected: an answer in JSON, as MLflow gives)");
    } finally {
      other.stop(0);
    }
  }

  @Test
  void saysWhoItIsInEveryCallAndNowhereElse() throws IOException {
    List<String> heard = new ArrayList<>();
    HttpServer server = serve(401, "You are not authenticated.", heard);
    try {
      MlflowSettings nobody = MlflowSettings.of(url(server));
      MlflowSettings user = nobody.withUser("ann", "pass:word");
      assertThat(record(nobody).words()).contains(": 401 ");
      assertThat(record(user).words()).contains(": 401 ").doesNotContain("pass");
      record(nobody.withToken("abc"));

      // As `printf ann:pass:word | base64` has it.
      assertThat(heard).containsExactly("none", "Basic YW5uOnBhc3M6d29yZA==", "Bearer abc");
      assertThat(user.toString()).doesNotContain("pass", "YW5u");
    } finally {
      server.stop(0);
    }
  }

  /** Answers everything with the same, and notes what it is told of who asks. */
  private static HttpServer serve(int status, String text, List<String> heard) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] page = text.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          String who = exchange.getRequestHeaders().getFirst("Authorization");
          heard.add(who == null ? "none" : who);
          exchange.sendResponseHeaders(status, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlflow:5000", "ftp://mlflow", "http://user:secret@mlflow", "http://"})
  void refusesWhatIsNoUrlOfAServer(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MlflowSettings.of(url))
        .withMessageStartingWith("MLflow URL: ");
  }

  @Test
  void givesFiguresNamesThatMlflowTakes() {
    assertThat(RunFigures.name("auroc.<30")).isEqualTo("auroc.lt30");
    assertThat(RunFigures.name("auroc.>30")).isEqualTo("auroc.gt30");
    assertThat(RunFigures.name("age [70-80)")).isEqualTo("age _70-80_");
  }

  private static MlflowOutcome record(String url) {
    return record(MlflowSettings.of(url));
  }

  private static MlflowOutcome record(MlflowSettings settings) {
    return new MlflowRecorder(settings, List.of("NO", "<30")).record(MANIFEST, List.of(), Map.of());
  }
}
