package dev.alta.core.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process shows about itself. Above all the metrics that every Prometheus client library has
 * and Micrometer has not: in Prometheus {@code process_resident_memory_bytes}, {@code
 * process_cpu_seconds_total} and {@code process_start_time_seconds}, whose changes are restarts.
 * Resident memory is left out where the system does not tell it under {@code /proc}. {@code
 * process_memory_limit_bytes} is what the container, or else the machine, has. Beside them the
 * JVM's memory and threads. May be bound more than once: parts that share a process share its
 * metrics.
 */
public final class ProcessMetrics implements MeterBinder {
  private static final String CPU = "process.cpu";
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;
  private static final double KIB = 1024;

  @Override
  public void bindTo(MeterRegistry registry) {
    if (registry.find(CPU).meter() != null) {
      return;
    }
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    if (Files.isReadable(STATUS)) {
      Gauge.builder("process.resident.memory", STATUS, ProcessMetrics::residentBytes)
          .description("Resident memory of the process")
          .baseUnit("bytes")
          .register(registry);
    }
    Gauge.builder(
            "process.start.time",
            () -> ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS)
        .description("When the process was started, since the epoch")
        .baseUnit("seconds")
        .register(registry);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      Gauge.builder("process.memory.limit", system, bean -> (double) bean.getTotalMemorySize())
          .description("Memory of the container, or of the machine where there is none")
          .baseUnit("bytes")
          .register(registry);
      FunctionCounter.builder(CPU, system, bean -> bean.getProcessCpuTime() / NANOS)
          .description("User and system time of the process")
          .baseUnit("seconds")
          .register(registry);
    }
  }

  /** Resident memory; NaN, which shows as no value, where the file does not say. */
  private static double residentBytes(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .map(line -> line.substring(RESIDENT.length()).replace("kB", "").trim())
          .mapToDouble(kib -> Double.parseDouble(kib) * KIB)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException unreadable) {
      return Double.NaN;
    }
  }
}
