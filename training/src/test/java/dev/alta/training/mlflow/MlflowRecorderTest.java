package dev.alta.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.alta.proto.v1.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] page = "<html>".getBytes(StandardCharsets.UTF_8);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    other.start();
    try {
      assertThat(record("http://127.0.0.1:" + other.getAddress().getPort()).words())
          .endsWith("(expected: an answer in JSON, as MLflow gives)");
    } finally {
      other.stop(0);
    }
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
    return new MlflowRecorder(MlflowSettings.of(url), List.of("NO", "<30"))
        .record(MANIFEST, List.of(), Map.of());
  }
}
