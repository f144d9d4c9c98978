package dev.alta.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alta outcomes}. */
@Command(
    name = "outcomes",
    mixinStandardHelpOptions = true,
    description = "Takes in what really happened after encounters that were predicted for.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {OutcomesLoadCommand.class})
final class OutcomesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "outcomes: no command (expected: load)");
  }
}
