package dev.alta.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.home.OwnStorage;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in a process of its own that is told to stop, as a cluster tells it. */
@Timeout(120)
final class StoppedGatewayIT {
  private static final int TERMINATED = 143;

  @TempDir Path folder;

  @Test
  void stopsWithoutAnErrorInItsLog() throws Exception {
    Path log = folder.resolve("log");
    Process gateway =
        OwnStorage.process(
                List.of(
                    "gateway",
                    "--http-port=0",
                    "--log-to=console",
                    "--home=" + folder.resolve("home")))
            .redirectError(log.toFile())
            .start();
    try (BufferedReader said = gateway.inputReader()) {
      assertThat(said.readLine()).startsWith("Gateway at http://127.0.0.1:");
      gateway.destroy();
      assertThat(gateway.waitFor()).isEqualTo(TERMINATED);
    } finally {
      gateway.destroyForcibly();
    }
    assertThat(Files.readString(log)).contains("gateway stopped").doesNotContain("ERROR");
  }
}
