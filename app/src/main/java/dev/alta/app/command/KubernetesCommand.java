package dev.alta.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alta k8s}. */
@Command(
    name = "k8s",
    mixinStandardHelpOptions = true,
    description = "What Alta is on Kubernetes; k8s/README.md of the repository says how to run it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {KubernetesRenderCommand.class})
final class KubernetesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "k8s: no command (expected: render)");
  }
}
