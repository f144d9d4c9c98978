package dev.alta.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alta models}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the versions of the model and decides which of them answers. A version is given by"
          + " its number or by an alias: champion, challenger, previous."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ModelsListCommand.class,
      ModelsShowCommand.class,
      ModelsCompareCommand.class,
      ModelsPromoteCommand.class,
      ModelsRejectCommand.class,
      ModelsRollbackCommand.class,
      ModelsArchiveCommand.class,
      ModelsVerifyCommand.class
    },
    footer = {"", "Example: alta models list"})
final class ModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "models: no command (expected: list, show, compare, promote, reject, rollback, archive,"
            + " verify)");
  }
}
