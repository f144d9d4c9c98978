package dev.alta.loadtest.soak;

import dev.alta.load.report.Check;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loadtest/soak}. */
@Command(
    name = "loadtest/soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts an Alta in a home of its own (alta serve, alta gateway, the embedded database and"
          + " bucket), finds what it can answer, and asks for a share of that for long, while models"
          + " are trained and swapped and the database is restarted. Prints a report in Markdown;"
          + " ends with 1 where something is not as it should be."
    },
    footer = {"", "Example: loadtest/soak --minutes 45 --share 0.6"})
public final class SoakCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--folder", hidden = true, required = true)
  private Path folder;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "45",
      description = "How long it is loaded (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(
      names = "--share",
      paramLabel = "SHARE",
      defaultValue = "0.6",
      description = "Of the requests a second that it can answer (${DEFAULT-VALUE}).")
  private double share;

  @Option(
      names = "--retrain-seconds",
      paramLabel = "N",
      defaultValue = "180",
      description = "A training and a swap so often (${DEFAULT-VALUE}); twice at least.")
  private int retrainSeconds;

  @Option(
      names = "--restart-seconds",
      paramLabel = "N",
      defaultValue = "600",
      description = "A restart of the database so often (${DEFAULT-VALUE}); twice at least.")
  private int restartSeconds;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Synthetic encounters to train on (${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--spool-mib",
      paramLabel = "N",
      defaultValue = "128",
      description = {
        "Of the scorer's spool (${DEFAULT-VALUE}). It fills up to half of that before predictions"
            + " are stored as fast as they come; with the usual 1024 that alone can take half an"
            + " hour."
      })
  private int spoolMib;

  /** Arguments: {@code --folder}, an empty one, and those of {@code loadtest/soak}. */
  public static void main(String[] arguments) {
    // Clients keep threads; all that was started has been ended.
    System.exit(new CommandLine(new SoakCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Soak.Result result = new Soak(folder, settings()).run();
    SoakReport.lines(result).forEach(spec.commandLine().getOut()::println);
    return result.checks().stream().allMatch(Check::met) ? 0 : 1;
  }

  private SoakSettings settings() {
    try {
      return new SoakSettings(
              Duration.ofMillis(Math.round(minutes * 60_000)),
              share,
              rows,
              Duration.ofSeconds(retrainSeconds),
              Duration.ofSeconds(restartSeconds),
              spoolMib)
          .fitting();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }
}
