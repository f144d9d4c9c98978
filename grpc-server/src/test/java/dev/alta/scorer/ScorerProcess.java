package dev.alta.scorer;

import dev.alta.core.life.Listen;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.scorer.log.LogSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * A scorer whose log is required, in a process of its own, for tests that kill it. Says its port
 * and ends when its input does.
 */
final class ScorerProcess {
  private final Process process;
  private final int port;

  private ScorerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Runs the scorer in this process. */
  public static void main(String[] arguments) throws IOException {
    StoreSettings bucket =
        new StoreSettings(arguments[0], arguments[1], System.getenv("TEST_STORE_KEY"), "models");
    DatabaseSettings url =
        new DatabaseSettings(arguments[2], arguments[3], System.getenv("TEST_DATABASE_PASSWORD"));
    Database database = Database.attach(url, Encounters.CONTRACT);
    Scorer scorer =
        Scorer.start(
            ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0))
                .withLog(LogSettings.in(Path.of(arguments[4])).withRequired(true)),
            () -> new Registry(ObjectStore.open(bucket), "readmission", Clock.systemUTC()),
            database.inferenceLog()::append,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    System.out.println(scorer.port());
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    scorer.close();
    database.close();
  }

  static ScorerProcess start(TestParts parts, Path spool) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ScorerProcess.class.getName(),
                    parts.bucket().url(),
                    parts.bucket().accessKey(),
                    parts.database().url(),
                    parts.database().user(),
                    spool.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("TEST_STORE_KEY", parts.bucket().secretKey());
    builder.environment().put("TEST_DATABASE_PASSWORD", parts.database().password());
    Process process = builder.start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = said.readLine(); // its log
    }
    if (line == null) {
      throw new IOException("the scorer has ended before it listened");
    }
    Thread rest = new Thread(() -> said.lines().forEach(System.out::println));
    rest.setDaemon(true);
    rest.start();
    return new ScorerProcess(process, Integer.parseInt(line));
  }

  int port() {
    return port;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor();
  }
}
