package dev.alta.app.command;

import dev.alta.app.terminal.Json;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.training.promote.Promoter;
import dev.alta.training.promote.PromotionLimits;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta models promote}. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets the rule decide whether a version becomes champion: it scores the test rows of"
          + " clean_data with both. With --force and a reason it becomes champion whatever the rule"
          + " says, and needs the bucket only. Exit code 1 where it does not become champion."
    },
    footer = {"", "Example: alta models promote 3 --reason 'new ward'"})
final class ModelsPromoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "VERSION", description = "A number or an alias.")
  private String version;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why, kept with the decision.")
  private String reason;

  @Option(names = "--force", description = "Without asking the rule; needs a reason.")
  private boolean force;

  @Mixin private final Who who = new Who();
  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Print the decision as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Alta.settings(spec, this::requireReason);
    return ModelsSession.run(spec, storage, json, this::promote);
  }

  private boolean requireReason() {
    if (force && reason.isBlank()) {
      throw new IllegalArgumentException("reason: empty (expected: a text, with --force)");
    }
    return force;
  }

  private int promote(ModelsSession session) {
    int number = session.registry().version(version);
    Promoter promoter =
        new Promoter(
            ModelsSession.CONTRACT, session.rows(), session.registry(), PromotionLimits.standard());
    Decision decision =
        force
            ? promoter.force(number, who.name(), reason)
            : promoter.propose(number, who.name(), reason);
    session.print(
        json ? Json.of(decision) : "version " + number + " " + DecisionWords.of(decision));
    return decision.getKind() == DecisionKind.PROMOTED ? 0 : 1;
  }
}
