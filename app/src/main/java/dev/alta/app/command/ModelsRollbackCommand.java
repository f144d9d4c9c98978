package dev.alta.app.command;

import dev.alta.model.registry.Alias;
import dev.alta.proto.v1.DecisionKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta models rollback}. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes the previous champion champion again; the one of now becomes previous, so that a"
          + " second rollback undoes the first. The rule does not promote again what was rolled"
          + " back. Needs the bucket only."
    },
    footer = {"", "Example: alta models rollback --reason 'too many alarms'"})
final class ModelsRollbackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "asked for",
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
                DecisionKind.ROLLED_BACK,
                session.registry().version(Alias.CHAMPION),
                who.name(),
                reason,
                json));
  }
}
