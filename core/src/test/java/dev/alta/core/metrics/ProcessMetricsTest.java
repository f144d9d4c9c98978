package dev.alta.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

final class ProcessMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void tellsResidentMemoryOfThisProcess() {
    Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "no /proc here");

    new ProcessMetrics().bindTo(registry);

    // Any JVM is larger than 10 MiB and smaller than all memory of a machine.
    assertThat(registry.get("process.resident.memory").gauge().value()).isBetween(1e7, 1e12);
  }

  @Test
  void countsCpuTimeInSeconds() {
    new ProcessMetrics().bindTo(registry);

    double uptime =
        java.lang.management.ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0 + 1;
    double most = uptime * Runtime.getRuntime().availableProcessors();
    assertThat(registry.get("process.cpu").functionCounter().count()).isBetween(0.01, most);
  }

  @Test
  void tellsWhenItWasStartedAndHowMuchMemoryItMayHave() {
    new ProcessMetrics().bindTo(registry);

    double now = Instant.now().toEpochMilli() / 1e3;
    assertThat(registry.get("process.start.time").gauge().value()).isBetween(now - 86_400, now);
    assertThat(registry.get("process.memory.limit").gauge().value())
        .isGreaterThan((double) Runtime.getRuntime().totalMemory());
  }
}
