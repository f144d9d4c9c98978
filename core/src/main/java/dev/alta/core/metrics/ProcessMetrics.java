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
 * What a process shows about itself. Above all the two metrics that every Prometheus client library
 * has and Micrometer has not: in Prometheus {@code process_resident_memory_bytes} and {@code
 * process_cpu_seconds_total}. Memory is left out where the system does not tell it under {@code
 * /proc}. Beside them the JVM's memory and threads. May be bound more than once: parts that share a
 * process share its metrics.
 */
public final class ProcessMetrics implements MeterBinder {
  private static final String CPU = "process.cpu";
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final double NANOS = 1e9;
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
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
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
