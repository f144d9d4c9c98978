package dev.alta.app.command;

import dev.alta.proto.v1.DecisionKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta models reject}. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Keeps a version from becoming champion by the rule. It stays in the list, and --force can"
          + " still promote it. Needs the bucket only."
    },
    footer = {"", "Example: alta models reject 4 --reason 'trained before the new coding'"})
final class ModelsRejectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "VERSION", description = "A number or an alias.")
  private String version;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, kept with the decision.")
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
                DecisionKind.REJECTED,
                session.registry().version(version),
                who.name(),
                reason,
                json));
  }
}
