package dev.alta.loadtest.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One connection after the other through a proxy that may be told to spoil them. */
final class Toxiproxy implements AutoCloseable {
  private static final Path PROGRAM = Path.of("target", "drill-bin", "toxiproxy-server");
  private static final int TRIES = 1_000;

  private final Process process;
  private final URI api;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private Toxiproxy(Process process, int apiPort, int port) {
    this.process = process;
    this.api = URI.create("http://127.0.0.1:" + apiPort);
    this.port = port;
  }

  /**
   * Starts one in front of a port of this machine.
   *
   * @param output gets what it says
   */
  static Toxiproxy before(int upstream, Path output) throws IOException, InterruptedException {
    int apiPort = freePort();
    int port = freePort();
    Process process =
        new ProcessBuilder(
                PROGRAM.toAbsolutePath().toString(), "-host", "127.0.0.1", "-port", "" + apiPort)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Toxiproxy proxy = new Toxiproxy(process, apiPort, port);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    proxy.awaitStart();
    proxy.post(
        "/proxies",
        "{\"name\":\"it\",\"listen\":\"127.0.0.1:%d\",\"upstream\":\"127.0.0.1:%d\"}"
            .formatted(port, upstream));
    return proxy;
  }

  private void awaitStart() throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      try {
        client.send(
            HttpRequest.newBuilder(api.resolve("/version")).build(), BodyHandlers.discarding());
        return;
      } catch (IOException notYet) {
        boolean unused = process.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
    throw new IOException(PROGRAM + " does not answer (expected: its API on " + api + ")");
  }

  /** Where it listens. */
  int port() {
    return port;
  }

  /** Refuses connections and cuts those there are; or not. */
  void away(boolean isAway) throws IOException, InterruptedException {
    post("/proxies/it", "{\"enabled\":" + !isAway + "}");
  }

  /**
   * Spoils what is answered.
   *
   * @param kind such as latency
   * @param attributes of that kind, JSON
   */
  void spoil(String kind, String attributes) throws IOException, InterruptedException {
    post(
        "/proxies/it/toxics",
        "{\"name\":\"%s\",\"type\":\"%s\",\"stream\":\"downstream\",\"attributes\":%s}"
            .formatted(kind, kind, attributes));
  }

  /** No more. */
  void mend(String kind) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(api.resolve("/proxies/it/toxics/" + kind)).DELETE().build());
  }

  private void post(String path, String body) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(api.resolve(path)).POST(BodyPublishers.ofString(body)).build());
  }

  private void send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
