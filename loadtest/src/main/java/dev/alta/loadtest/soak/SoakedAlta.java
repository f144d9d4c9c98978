package dev.alta.loadtest.soak;

import dev.alta.load.target.Target;
import dev.alta.loadtest.drill.AltaHome;
import dev.alta.loadtest.drill.AltaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Alta in a home of its own, by the commands that users run: {@code alta up} for a first model,
 * then {@code alta serve}, which has the embedded database and bucket, and {@code alta gateway}.
 */
final class SoakedAlta implements AutoCloseable {
  private static final String LOWEST = "19";
  private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"?(\\d+)");

  private final AltaHome home;
  private final AltaProcess serve;
  private final AltaProcess gateway;
  private final HomeDatabase database;
  private final int metricsPort;
  private final int httpPort;

  /** Makes data and a model, and starts the servers; minutes on a machine with two cores. */
  SoakedAlta(Path folder, SoakSettings settings) throws IOException, InterruptedException {
    this.home = AltaHome.embedded(folder);
    try {
      AltaProcess up =
          home.start(
              "up",
              "--rows=" + settings.rows(),
              "--http-port=0",
              "--grpc-port=0",
              "--metrics-port=0");
      var unused = up.await("^Alta is ready");
      up.stop();
      this.serve =
          home.start(
              "serve",
              "--grpc-port=0",
              "--metrics-port=0",
              "--log-spool-mib=" + settings.spoolMib());
      var ports = serve.await("^Scorer on port (\\d+), metrics on port (\\d+)");
      this.metricsPort = Integer.parseInt(ports.group(2));
      serve.awaitOk(metricsPort, "/ready");
      this.database = new HomeDatabase(home, home.awaitRunning(serve));
      this.gateway = home.start("gateway", "--scorer=127.0.0.1:" + ports.group(1), "--http-port=0");
      this.httpPort = Integer.parseInt(gateway.await("^Gateway at http://[^:]+:(\\d+)").group(1));
      gateway.awaitOk(httpPort, "/ready");
    } catch (IOException | InterruptedException | RuntimeException failed) {
      home.close();
      throw failed;
    }
  }

  Target target() {
    return Target.of("127.0.0.1:" + httpPort, false);
  }

  Watched scorer() {
    return new Watched("alta serve", serve.pid(), metricsPort);
  }

  Watched gateway() {
    return new Watched("alta gateway", gateway.pid(), httpPort);
  }

  HomeDatabase database() {
    return database;
  }

  /**
   * Trains, at the lowest priority.
   *
   * @return the version
   */
  String train(int seed) throws IOException, InterruptedException {
    try (AltaProcess training =
        home.start(
            "train",
            "--budget=0",
            "--objective=mean_auroc",
            "--threads=1",
            "--seed=" + seed,
            "--no-promotion",
            "--json")) {
      // While it is a script still: what the script starts has it from there.
      Processes.run(
          home.folder().resolve("renice.txt"),
          List.of("renice", "-n", LOWEST, "-p", Long.toString(training.pid())));
      int code = training.waitFor();
      Matcher version = VERSION.matcher(training.said());
      if (code != 0 || !version.find()) {
        throw new IOException(
            training + ": exit code " + code + " (expected: 0, a version); " + training.said());
      }
      return version.group(1);
    }
  }

  /** Makes a version champion, whatever the rule says of it. */
  void promote(String version) throws IOException, InterruptedException {
    String unused = home.run(AltaHome.promote(version));
  }

  /** Ends the servers as Ctrl-C does. */
  @Override
  public void close() {
    try {
      gateway.stop();
      serve.stop();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      home.close();
    }
  }
}
