package dev.alta.app.serve;

import dev.alta.core.life.Listen;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.scorer.Scorer;
import dev.alta.scorer.ScorerSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A scorer in a process of its own, for tests that kill it. */
final class ScorerProcess implements AutoCloseable {
  private static final String KEY = "TEST_STORE_KEY";

  private final Process process;
  private final BufferedReader said;

  private ScorerProcess(Process process) {
    this.process = process;
    this.said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Runs the scorer in this process, until its input ends. */
  public static void main(String[] arguments) throws IOException {
    StoreSettings bucket =
        new StoreSettings(arguments[0], arguments[1], System.getenv(KEY), "models");
    Scorer scorer =
        Scorer.start(
            ScorerSettings.of(
                Listen.onLoopback(Integer.parseInt(arguments[2])), Listen.onLoopback(0)),
            () -> new Registry(ObjectStore.open(bucket), "readmission", Clock.systemUTC()),
            null,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    ServedModel.awaitServing(scorer.channel());
    System.out.println(scorer.port());
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    scorer.close();
  }

  /** Begins to start one; {@link #port} waits until it serves. */
  static ScorerProcess start(StoreSettings bucket, int port) throws IOException {
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
                    bucket.url(),
                    bucket.accessKey(),
                    Integer.toString(port)))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(KEY, bucket.secretKey());
    return new ScorerProcess(builder.start());
  }

  /** Where it serves. */
  int port() throws IOException {
    String line = said.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = said.readLine(); // its log
    }
    if (line == null) {
      throw new IOException("the scorer has ended before it served");
    }
    Thread rest = new Thread(() -> said.lines().forEach(System.out::println));
    rest.setDaemon(true);
    rest.start();
    return Integer.parseInt(line);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
