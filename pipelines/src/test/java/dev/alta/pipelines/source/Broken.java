package dev.alta.pipelines.source;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;

/** A source that answers with a status of the test's choice, as real ones do on bad days. */
final class Broken implements AutoCloseable {
  final AtomicInteger requests = new AtomicInteger();
  private final HttpServer http;

  /**
   * Starts it.
   *
   * @param status of the n-th answer, from 1 on
   */
  Broken(IntUnaryOperator status, String body) throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    http.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(
                status.applyAsInt(requests.incrementAndGet()), bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    http.start();
  }

  SourceUrl url() {
    return SourceUrl.parse("http://127.0.0.1:" + http.getAddress().getPort() + "?group_number=1");
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
