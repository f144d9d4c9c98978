package dev.alta.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** An incremental source whose first day is good, and whose second one is not. */
final class BrokenSource implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;

  private BrokenSource(HttpServer server) {
    this.server = server;
  }

  static BrokenSource start(List<List<String>> rows) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] good = day(1, rows);
    byte[] broken = day(2, List.of(List.of("too", "few")));
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] answer = exchange.getRequestURI().getQuery().endsWith("day=1") ? good : broken;
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    return new BrokenSource(server);
  }

  private static byte[] day(int day, List<List<String>> rows) throws IOException {
    return JSON.writeValueAsBytes(
        Map.of("group_number", 1, "day", day, "batch_number", day, "data", rows));
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/data?group_number=1";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
