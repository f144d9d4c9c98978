package dev.alta.app.command;

import dev.alta.scorer.log.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How predictions are logged. */
final class LogOptions {
  enum Mode {
    off,
    on,
    required
  }

  @Option(
      names = "--log",
      paramLabel = "off|on|required",
      defaultValue = "on",
      description =
          "Whether predictions are kept in the table inference_log (${DEFAULT-VALUE}). required: an"
              + " answer waits until it is on this machine's disk, and is refused where that fails.")
  private Mode log;

  @Option(
      names = "--log-share",
      paramLabel = "SHARE",
      defaultValue = "1",
      description = "Share of the predictions that are logged (${DEFAULT-VALUE}).")
  private double share;

  @Option(
      names = "--log-spool",
      paramLabel = "DIR",
      description = "Where they wait for the database; of one scorer. Without it: in the home.")
  private @Nullable Path spool;

  @Option(
      names = "--log-spool-mib",
      paramLabel = "MIB",
      defaultValue = "1024",
      description = "How much they may take there (${DEFAULT-VALUE}); more are not logged.")
  private int spoolMib;

  @Option(
      names = "--log-drain-seconds",
      paramLabel = "N",
      description =
          "How long a scorer that is stopped goes on storing what waits there, also while the"
              + " database is away. For a spool that does not outlive its scorer. Without it: 5 s, a"
              + " database that is away is not waited for, and what is left is stored after the next"
              + " start.")
  private @Nullable Integer drainSeconds;

  /** What they say; empty where nothing is logged. */
  Optional<LogSettings> settings(Path home) {
    if (log == Mode.off) {
      return Optional.empty();
    }
    LogSettings settings =
        LogSettings.in(spool == null ? home.resolve("spool") : spool)
            .withLargest((long) spoolMib << 20)
            .withShare(share)
            .withRequired(log == Mode.required);
    return Optional.of(
        drainSeconds == null ? settings : settings.withDrain(Duration.ofSeconds(drainSeconds)));
  }
}
