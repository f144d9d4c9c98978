package dev.alta.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alta split}. */
@Command(
    name = "split",
    mixinStandardHelpOptions = true,
    description = "Shows and checks which patients are learned from, chosen by and judged by.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SplitVerifyCommand.class, SplitExplainCommand.class})
final class SplitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "split: no command (expected: verify, explain)");
  }
}
