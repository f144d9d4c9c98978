package dev.alta.pipelines.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a CSV file as an incremental source, until it is closed. */
public final class SourceServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceServer.class);
  private static final int THREADS = 4;

  private final DayFile file;
  private final RowForm form;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpServer http;

  private SourceServer(DayFile file, SourceSettings settings) {
    this.file = file;
    this.form = settings.form();
    try {
      http = HttpServer.create(settings.listen().requireLoopback().address(), 0);
    } catch (IOException taken) {
      threads.shutdown();
      throw settings.listen().taken("source", taken);
    }
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
    log.info("serving {} rows at {}", file.rows(), url());
  }

  /**
   * Starts to serve.
   *
   * @throws PipelineException if the file is no CSV file of the contract
   * @throws dev.alta.core.life.CannotStartException if the port is taken
   */
  public static SourceServer start(SourceSettings settings, Contract contract) {
    return new SourceServer(DayFile.open(settings, contract), settings);
  }

  /** Of the first group. */
  public SourceUrl url() {
    return SourceUrl.parse(
        "http://127.0.0.1:" + http.getAddress().getPort() + Wire.PATH + "?" + Wire.GROUP + "=1");
  }

  /** One line: what is served, and how to get it. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "%,d rows, %d days in %s; try: curl -s '%s'",
        file.rows(),
        file.days(1),
        file.groups() == 1 ? "1 group" : "each of " + file.groups() + " groups (at most)",
        url().of(1));
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try (exchange) {
      try {
        answer = answer(exchange);
      } catch (PipelineException failed) {
        log.error("the file cannot be served any more", failed);
        answer = Answer.error(500, "FILE", "the file behind this source cannot be read any more");
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private Answer answer(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (!path.equals(Wire.PATH) && !path.equals(Wire.PATH + "/")) {
      return Answer.error(404, "NO_SUCH_PATH", "path: expected " + Wire.PATH);
    }
    if (!exchange.getRequestMethod().equals("GET")) {
      exchange.getResponseHeaders().set("Allow", "GET");
      return Answer.error(405, "METHOD", exchange.getRequestMethod() + " (expected: GET)");
    }
    List<String> wrong = new ArrayList<>();
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery(), wrong);
    int group = number(query, Wire.GROUP, wrong);
    int day = number(query, Wire.DAY, wrong);
    RowForm asked = form;
    if (query.containsKey(Wire.ROWS)) {
      asked = RowForm.of(query.get(Wire.ROWS)).orElse(null);
      if (asked == null) {
        wrong.add(Wire.ROWS + ": " + query.get(Wire.ROWS) + " (expected: lists or objects)");
        asked = form;
      }
    }
    if (!wrong.isEmpty()) {
      return Answer.error(400, "PARAMETERS", String.join("; ", wrong));
    }
    if (group > file.groups()) {
      return Answer.error(
          404,
          "NO_SUCH_GROUP",
          Wire.GROUP + ": " + group + " (expected: at most " + file.groups() + ")");
    }
    int lastDay = file.days(group);
    return day > lastDay
        ? Answer.noSuchDay(group, day, lastDay)
        : Answer.day(file, group, day, asked);
  }

  private static Map<String, String> query(@Nullable String raw, List<String> wrong) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String part : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (!List.of(Wire.GROUP, Wire.DAY, Wire.ROWS).contains(name)) {
        wrong.add(
            name + ": unknown (expected: " + Wire.GROUP + ", " + Wire.DAY + ", " + Wire.ROWS + ")");
      } else if (query.put(name, decode(part.substring(equals + 1))) != null) {
        wrong.add(name + ": twice (expected: once)");
      }
    }
    return query;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text; // which is then no value that is expected
    }
  }

  private static int number(Map<String, String> query, String name, List<String> wrong) {
    String value = query.getOrDefault(name, "");
    if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) > 0) {
      return Integer.parseInt(value);
    }
    wrong.add(
        name
            + ": "
            + (value.isEmpty() ? "missing" : value)
            + " (expected: a whole number from 1 on)");
    return 0;
  }
}
