package dev.alta.scorer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.alta.core.admit.Doorkeeper;
import dev.alta.core.admit.Right;
import dev.alta.core.life.DaemonThreads;
import dev.alta.core.life.Listen;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/**
 * {@code /metrics} in Prometheus' text form, or OpenMetrics where the scraper asks for it; and for
 * probes that speak HTTP and have no token, {@code /health} and {@code /ready}. A kubelet's gRPC
 * probe does not speak TLS.
 */
final class MetricsServer implements AutoCloseable {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private static final String HEALTH = "/health";
  private static final String READY = "/ready";
  private static final String METRICS = "/metrics";

  /** The right that each path needs, empty where it is open to all; any other needs metrics. */
  static final Map<String, Optional<Right>> PATHS =
      Map.of(
          HEALTH, Optional.empty(),
          READY, Optional.empty(),
          METRICS, Optional.of(Right.METRICS));

  private final HttpServer server;
  private final ExecutorService thread;

  private MetricsServer(HttpServer server, ExecutorService thread) {
    this.server = server;
    this.thread = thread;
  }

  /**
   * Starts it.
   *
   * @param ready whether predictions can be had, which {@code /ready} says
   */
  static MetricsServer start(
      Listen listen, PrometheusMeterRegistry metrics, Doorkeeper door, BooleanSupplier ready) {
    HttpServer server = bind(listen, door.https());
    ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("alta-metrics"));
    server.setExecutor(thread);
    server.createContext("/", exchange -> answer(exchange, metrics, door, ready));
    server.start();
    return new MetricsServer(server, thread);
  }

  private static HttpServer bind(Listen listen, Optional<SSLContext> https) {
    try {
      if (https.isPresent()) {
        HttpsServer server = HttpsServer.create(listen.address(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(https.get()));
        return server;
      }
      return HttpServer.create(listen.address(), 0);
    } catch (IOException refused) {
      throw listen.taken("metrics", refused);
    }
  }

  private static void answer(
      HttpExchange exchange,
      PrometheusMeterRegistry metrics,
      Doorkeeper door,
      BooleanSupplier ready)
      throws IOException {
    try (exchange) {
      String path = withoutSlash(exchange.getRequestURI().getPath());
      Optional<Right> needed = PATHS.getOrDefault(path, Optional.of(Right.METRICS));
      if (needed.isPresent() && !isLetIn(exchange, needed.get(), door)) {
        return;
      }
      switch (path) {
        case HEALTH -> send(exchange, 200, TEXT, "ok\n");
        case READY -> {
          boolean serves = ready.getAsBoolean();
          send(
              exchange, serves ? 200 : 503, TEXT, serves ? "ready\n" : "no model to answer with\n");
        }
        case METRICS -> metrics(exchange, metrics);
        default -> send(exchange, 404, TEXT, "metrics are at /metrics\n");
      }
    }
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Tells a caller who is not. */
  private static boolean isLetIn(HttpExchange exchange, Right needed, Doorkeeper door)
      throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    Doorkeeper.Verdict verdict = door.judge(needed, authorization, null);
    if (verdict == Doorkeeper.Verdict.LET_IN) {
      return true;
    }
    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
    int status = verdict == Doorkeeper.Verdict.UNKNOWN_CALLER ? 401 : 403;
    send(exchange, status, TEXT, "needs a token with the right " + needed.word() + "\n");
    return false;
  }

  private static void metrics(HttpExchange exchange, PrometheusMeterRegistry metrics)
      throws IOException {
    String accepted =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept")).orElse("");
    String type = accepted.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    send(exchange, 200, type, metrics.scrape(type));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
