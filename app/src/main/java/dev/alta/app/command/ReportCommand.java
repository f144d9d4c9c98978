package dev.alta.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alta report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes reports for people: the data, a version, how versions do, leakage.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ReportDataCommand.class,
      ReportModelCommand.class,
      ReportLiveCommand.class,
      ReportLeakageCommand.class
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "report: no command (expected: data, model, live, leakage)");
  }
}
