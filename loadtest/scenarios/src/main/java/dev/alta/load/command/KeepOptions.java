package dev.alta.load.command;

import dev.alta.load.report.Outcome;
import dev.alta.load.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where runs are kept, and which earlier one is compared with. */
final class KeepOptions {
  private static final String LAST = "last";
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".alta",
      description = {
        "Runs are kept in DIR/loadtest (${DEFAULT-VALUE}); the page of an Alta on this home shows"
            + " them."
      })
  private Path home = Path.of(".alta");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Keep this run in a folder of its own instead.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--compare",
      paramLabel = "RUN",
      description = "Compare with an earlier run: its name, its folder, or last.")
  private Optional<String> compare = Optional.empty();

  /** The name of a new run; names sort by time. */
  static String id(Instant started, String load) {
    return ID.format(started) + "-" + load;
  }

  /** The folder of a new run. */
  Path folder(String id) {
    return out.orElse(runs().resolve(id));
  }

  private Path runs() {
    return home.resolve("loadtest");
  }

  /**
   * The run that is compared with.
   *
   * @param name of the load, such as constant-predict
   * @throws IOException if it is not there
   */
  Optional<Outcome> earlier(String name) throws IOException {
    if (compare.isEmpty()) {
      return Optional.empty();
    }
    String wanted = compare.get();
    if (wanted.equals(LAST)) {
      return Optional.of(new ReportFolder(last(name)).read());
    }
    Path kept = runs().resolve(wanted);
    return Optional.of(new ReportFolder(Files.isDirectory(kept) ? kept : Path.of(wanted)).read());
  }

  private Path last(String name) throws IOException {
    if (Files.isDirectory(runs())) {
      try (Stream<Path> all = Files.list(runs())) {
        Optional<Path> found =
            all.filter(run -> run.getFileName().toString().endsWith("-" + name))
                .filter(run -> Files.exists(run.resolve(ReportFolder.RESULT)))
                .max(Comparator.comparing(run -> run.getFileName().toString()));
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    throw new IOException(
        "--compare: last (expected: an earlier run of " + name + " in " + runs() + ")");
  }
}
