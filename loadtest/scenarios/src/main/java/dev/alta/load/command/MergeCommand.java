package dev.alta.load.command;

import dev.alta.load.record.Recording;
import dev.alta.load.report.Facts;
import dev.alta.load.report.Outcome;
import dev.alta.load.report.ReportFolder;
import dev.alta.load.report.Thresholds;
import dev.alta.load.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loadtest/run merge RUN…}. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Adds up runs that asked at the same time, each with --share-of, from several machines.",
      "Histograms are added, and percentiles are read off the sum."
    },
    footer = {"", "Example: loadtest/run merge /reports/worker-*"})
final class MergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "2..*", paramLabel = "RUN", description = "The folders of the runs.")
  private List<Path> runs = new ArrayList<>();

  @Mixin private final LimitOptions limits = new LimitOptions();
  @Mixin private final KeepOptions keeping = new KeepOptions();

  @Override
  public Integer call() throws IOException {
    List<Facts> facts = new ArrayList<>();
    List<Recording> recordings = new ArrayList<>();
    for (Path run : runs) {
      facts.add(new ReportFolder(run).read().facts());
      recordings.add(Recording.read(run.resolve(ReportFolder.HISTOGRAMS)));
    }
    try {
      Facts first = facts.get(0);
      String name = first.scenario() + "-" + first.call();
      Facts sum = Facts.sum(KeepOptions.id(Instant.parse(first.started()), name), facts);
      Thresholds thresholds =
          limits.thresholds(Scenario.valueOf(first.scenario().toUpperCase(Locale.ROOT)));
      Optional<Outcome> earlier = keeping.earlier(name);
      return new Keeping(keeping, limits, thresholds, earlier, spec.commandLine().getOut())
          .keep(sum, recordings);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }
}
