package dev.alta.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A real {@code mlflow server} with a database and artifacts in a folder. */
final class MlflowServer implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String url;

  private MlflowServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  static MlflowServer start(String executable, Path folder) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                executable,
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + folder.resolve("mlflow.db"),
                "--artifacts-destination",
                folder.resolve("artifacts").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mlflow.log").toFile())
            .start();
    MlflowServer server = new MlflowServer(process, "http://127.0.0.1:" + port);
    try {
      server.awaitHealthy();
      return server;
    } catch (Exception | Error failed) {
      server.close();
      throw failed;
    }
  }

  String url() {
    return url;
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> response = text(path);
    assertThat(response.statusCode()).as(path + " " + response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  HttpResponse<String> text(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
  }

  private void awaitHealthy() throws InterruptedException {
    Instant giveUp = Instant.now().plus(LONGEST_START);
    while (!healthy()) {
      assertThat(process.isAlive()).as("mlflow server").isTrue();
      assertThat(Instant.now()).as("time to start").isBefore(giveUp);
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
  }

  private boolean healthy() throws InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(URI.create(url + "/health")).build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Its workers are processes of their own. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
