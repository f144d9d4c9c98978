package dev.alta.loadtest.soak;

import dev.alta.loadtest.scorer.ProcessStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process of Alta, seen from outside.
 *
 * @param name for the report
 * @param metricsPort where it tells its metrics
 */
record Watched(String name, long pid, int metricsPort) {
  /**
   * What it takes at a moment.
   *
   * @param rssKib resident memory
   * @param handles open files and sockets
   */
  record Reading(long rssKib, long threads, long handles) {}

  Reading read() throws IOException {
    ProcessStatus status = ProcessStatus.of(pid);
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return new Reading(status.number("VmRSS"), status.number("Threads"), open.count());
    }
  }

  /**
   * Bytes of the heap that are in use once all garbage is collected, which this does.
   *
   * @param output of the program that asks for it
   */
  long liveHeap(Path output) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Processes.run(output, List.of(jcmd, Long.toString(pid), "GC.run"));
    return Scrape.of(metricsPort).sum("jvm_memory_used_bytes", "area=\"heap\"");
  }
}
