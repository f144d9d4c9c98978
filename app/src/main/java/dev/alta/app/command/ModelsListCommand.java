package dev.alta.app.command;

import dev.alta.app.terminal.Json;
import dev.alta.model.registry.History;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.RegistryException;
import dev.alta.model.registry.VersionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta models list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists the versions, newest first, with their figures on the test rows and what became of"
          + " them. Needs the bucket only."
    },
    footer = {"", "Example: alta models list --all"})
final class ModelsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--all", description = "Those that were archived as well.")
  private boolean all;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "List them as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return ModelsSession.run(spec, storage, json, this::list);
  }

  private int list(ModelsSession session) {
    List<ModelLine> lines = lines(session.registry());
    session.print(
        json ? Json.of(lines.stream().map(ModelLine::fields).toList()) : ModelLine.table(lines));
    return lines.stream().anyMatch(line -> line.damage().isPresent()) ? 1 : 0;
  }

  private List<ModelLine> lines(Registry registry) {
    History history = registry.history();
    List<ModelLine> lines = new ArrayList<>();
    for (int version : registry.versions()) {
      VersionState state = history.state(version);
      if (all || state != VersionState.ARCHIVED) {
        lines.add(line(registry, history, version));
      }
    }
    lines.sort(Comparator.comparingInt(ModelLine::version).reversed());
    return lines;
  }

  /** One that is damaged must not hide the others. */
  private static ModelLine line(Registry registry, History history, int version) {
    try {
      return new ModelLine(
          version,
          history.state(version),
          registry.manifest(version),
          history.decisions(version),
          Optional.empty());
    } catch (RegistryException.Damaged damaged) {
      return new ModelLine(
          version,
          history.state(version),
          Optional.empty(),
          history.decisions(version),
          Optional.ofNullable(damaged.getMessage()));
    }
  }
}
