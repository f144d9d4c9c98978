package dev.alta.app.command;

import dev.alta.core.life.CannotStartException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta k8s render}. */
@Command(
    name = "render",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints every resource of an overlay, as kubectl apply -k would send it to a cluster; sends"
          + " nothing. Needs kubectl, and the folder k8s of the repository."
    },
    footer = {"", "Example: alta k8s render --overlay prod"})
final class KubernetesRenderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--overlay",
      paramLabel = "NAME",
      defaultValue = "dev",
      description = "Which of k8s/overlays (${DEFAULT-VALUE}).")
  private String overlay;

  @Option(
      names = "--k8s-folder",
      paramLabel = "DIR",
      defaultValue = "k8s",
      description = "Where they are (${DEFAULT-VALUE}).")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    Path chosen = folder.resolve("overlays").resolve(overlay);
    if (!Files.exists(chosen.resolve("kustomization.yaml"))) {
      throw new CannotStartException(
          "overlay: " + chosen + " is none (expected: a folder such as k8s/overlays/dev)");
    }
    Process kubectl = start(chosen);
    try (Reader said = kubectl.inputReader(StandardCharsets.UTF_8)) {
      said.transferTo(spec.commandLine().getOut());
    }
    spec.commandLine().getOut().flush();
    return kubectl.waitFor();
  }

  private static Process start(Path overlay) {
    try {
      return new ProcessBuilder(List.of("kubectl", "kustomize", overlay.toString()))
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException missing) {
      throw new CannotStartException(
          "kubectl: cannot be run (expected: on PATH; it needs no cluster)", missing);
    }
  }
}
