package dev.alta.loadtest.pipelines;

import com.sun.management.OperatingSystemMXBean;
import dev.alta.loadtest.scorer.ProcessStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Does what it is told line by line, so that somebody else can take turns with it, and answers each
 * line with {@code took SECONDS CPU_SECONDS PEAK_MIB}; CPU and memory are those of this process, in
 * which Flink runs, too.
 */
final class Turns {
  private final Bench bench;
  private final Path folder;

  Turns(Bench bench, Path folder) {
    this.bench = bench;
    this.folder = folder;
  }

  /** Until nothing more is said. */
  void take() throws IOException, InterruptedException {
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = told.readLine(); line != null; line = told.readLine()) {
      List<String> words = Arrays.asList(line.split(" ", 2));
      long cpu = cpu();
      double seconds = turn(words.get(0), Path.of(words.get(words.size() - 1)));
      System.out.printf(
          Locale.ROOT, "took %.3f %.3f %d%n", seconds, (cpu() - cpu) / 1e9, peakMemory());
    }
  }

  private double turn(String what, Path file) throws IOException, InterruptedException {
    return switch (what) {
      case "copy-in" -> bench.copyIn(file);
      case "ingest" -> bench.ingest(file);
      case "again" -> bench.ingestAgain(file);
      case "copy-out-and-in" -> bench.copyOutAndIn(folder.resolve("copied.txt"));
      case "prepare" -> bench.prepare();
      case "job" -> Bench.emptyJob();
      default ->
          throw new IllegalArgumentException(
              what + " (expected: copy-in, ingest, again, copy-out-and-in, prepare or job)");
    };
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Resident, in MiB; -1 where the system does not say. */
  static long peakMemory() throws IOException {
    return Files.exists(Path.of("/proc/self/status"))
        ? ProcessStatus.of(ProcessHandle.current().pid()).number("VmHWM") / 1024
        : -1;
  }
}
