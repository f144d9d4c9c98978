package dev.alta.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alta log}. */
@Command(
    name = "log",
    mixinStandardHelpOptions = true,
    description = "Keeps the log of predictions, inference_log, from growing for ever.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LogPruneCommand.class})
final class LogCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "log: no command (expected: prune)");
  }
}
