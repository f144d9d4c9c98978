package dev.alta.app.command;

import dev.alta.proto.v1.DecisionKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta models archive}. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Takes a version out of the list, for good: it cannot become champion any more. Its objects"
          + " stay. The champion cannot be archived. Needs the bucket only."
    },
    footer = {"", "Example: alta models archive 2"})
final class ModelsArchiveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "VERSION", description = "A number or an alias.")
  private String version;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "no longer needed",
      description = "Why, kept with the decision (${DEFAULT-VALUE}).")
  private String reason;

  @Mixin private final Who who = new Who();
  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Print the decision as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return ModelsSession.run(
        spec,
        storage,
        json,
        session ->
            session.decide(
                DecisionKind.ARCHIVED,
                session.registry().version(version),
                who.name(),
                reason,
                json));
  }
}
