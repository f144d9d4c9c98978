package dev.alta.app.up;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.life.Listen;
import dev.alta.gateway.GatewaySettings;
import dev.alta.scorer.ScorerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All of Alta on some thousand generated rows, every part real, with a model that it has trained.
 */
public final class RunningAlta implements AutoCloseable {
  private static final int ROWS = 4_000;

  private final Path home;
  private final Up up;

  private RunningAlta(Path home, Up up) {
    this.home = home;
    this.up = up;
  }

  public static RunningAlta start() {
    try {
      Path home = Files.createTempDirectory("alta-running");
      UpSettings settings =
          new UpSettings(
              StorageSettings.in(home),
              Optional.empty(),
              0.01,
              ROWS,
              1,
              GatewaySettings.of(Listen.onLoopback(0)),
              ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0)));
      Terminal quiet = new Terminal(new PrintWriter(new StringWriter()), false, System::nanoTime);
      return new RunningAlta(home, Up.start(settings, quiet));
    } catch (Exception failed) {
      throw new IllegalStateException("Alta did not start", failed);
    }
  }

  /** Where the page is. */
  public String url() {
    return up.serving().url();
  }

  public int grpcPort() {
    return up.serving().grpcPort();
  }

  @Override
  public void close() {
    up.close();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
