package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.app.workflow.Bench;
import dev.alta.app.workflow.RetrainLimits;
import dev.alta.training.live.LiveSight;
import dev.alta.training.live.LiveVersion;
import dev.alta.training.report.LiveReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta report live}. */
@Command(
    name = "live",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes how the versions that have answered do, into one HTML file with pictures: their"
          + " figures by what really happened (see alta outcomes load), calibration, predictions"
          + " and outcomes over time, drift of what they were asked. Sums only, no patient."
    },
    footer = {"", "Example: alta report live --out live.html"})
final class ReportLiveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      defaultValue = "live-report.html",
      description = "Where to (${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "" + RetrainLimits.LIVE_DAYS,
      description = "How far back predictions are looked at (${DEFAULT-VALUE}).")
  private int days;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say the figures as JSON, and write no file.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    Duration back = Alta.settings(spec, this::back);
    return new Session(spec, where, json)
        .onData(
            (reached, parts, terminal) -> {
              Bench bench = Benches.of(reached, parts, terminal);
              Instant now = bench.clock().instant();
              Instant since = now.minus(back);
              List<LiveVersion> versions =
                  terminal.step(
                      "log",
                      progress ->
                          new LiveSight(bench.contract(), bench.database(), bench.registry())
                              .read(since, now, progress),
                      ReportLiveCommand::words);
              if (json) {
                spec.commandLine()
                    .getOut()
                    .println(
                        Json.of(
                            versions.stream()
                                .map(version -> LiveFields.of(bench.contract(), version))
                                .toList()));
              } else {
                Files.writeString(
                    out,
                    LiveReport.html(
                        bench.contract(), bench.registry().name(), since, now, versions));
                versions.forEach(version -> terminal.line("  " + words(version)));
                terminal.line("Live report: " + out.toAbsolutePath());
              }
              return 0;
            });
  }

  private Duration back() {
    if (days < 1) {
      throw new IllegalArgumentException("days: " + days + " (expected: > 0)");
    }
    return Duration.ofDays(days);
  }

  private static String words(List<LiveVersion> versions) {
    return String.format(
        Locale.ROOT,
        "%,d predictions of %d version%s, %,d of encounters with an outcome",
        versions.stream().mapToLong(LiveVersion::served).sum(),
        versions.size(),
        versions.size() == 1 ? "" : "s",
        versions.stream().mapToLong(LiveVersion::outcomes).sum());
  }

  private static String words(LiveVersion version) {
    String figures =
        version
            .figures()
            .map(
                live ->
                    String.format(
                        Locale.ROOT,
                        "mean AUROC %.3f (95%%: %.3f to %.3f), calibration error %.3f",
                        live.getMeanAuroc(),
                        live.getIntervalsOrThrow("mean_auroc").getLow(),
                        live.getIntervalsOrThrow("mean_auroc").getHigh(),
                        live.getCalibrationError()))
            .orElse("too few to measure: " + version.shortage().orElse(""));
    String drift =
        version
            .drift()
            .map(d -> String.format(Locale.ROOT, "; mean stability index %.3f", d.mean()))
            .orElse("");
    return "version " + version.version() + ": " + figures + drift;
  }
}
