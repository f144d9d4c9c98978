package dev.alta.loadtest.scorer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux tells of a process that runs, in {@code /proc/PID/status}.
 *
 * @param lines such as {@code VmRSS: 1024 kB}
 */
public record ProcessStatus(List<String> lines) {
  /** As it is now. */
  public static ProcessStatus of(long pid) throws IOException {
    return new ProcessStatus(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")));
  }

  /**
   * A number that it tells, in its unit: KiB where it is of memory.
   *
   * @param name such as {@code VmRSS}, the resident memory, {@code VmHWM}, the most that it ever
   *     was, or {@code Threads}
   * @throws IllegalArgumentException if it does not tell that
   */
  public long number(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(name + " (expected: one of " + lines + ")"));
  }
}
