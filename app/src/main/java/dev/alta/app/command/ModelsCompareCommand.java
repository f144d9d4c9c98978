package dev.alta.app.command;

import dev.alta.app.terminal.Json;
import dev.alta.core.life.CannotStartException;
import dev.alta.database.DatabaseException;
import dev.alta.model.registry.StoredModel;
import dev.alta.training.promote.Contest;
import dev.alta.training.promote.HeldOutRows;
import dev.alta.training.promote.PairedFigures;
import dev.alta.training.promote.PromotionLimits;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alta models compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores the test rows of clean_data with two versions and shows the figures side by side,"
          + " with the 95%% interval of the difference, paired by patient. Decides nothing. Without"
          + " a database it shows the figures that each version was published with, which may be of"
          + " different rows."
    },
    footer = {"", "Example: alta models compare champion challenger"})
final class ModelsCompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "VERSION", description = "A number or an alias.")
  private String first;

  @Parameters(index = "1", paramLabel = "WITH", description = "A number or an alias.")
  private String second;

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Show it as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return ModelsSession.run(spec, storage, json, this::compare);
  }

  private int compare(ModelsSession session) {
    StoredModel one = session.registry().load(first);
    StoredModel other = session.registry().load(second);
    ModelComparison comparison = scored(session, one, other);
    session.print(json ? Json.of(comparison.fields()) : comparison.table());
    return 0;
  }

  private static ModelComparison scored(ModelsSession session, StoredModel one, StoredModel other) {
    try {
      Contest contest =
          new HeldOutRows(ModelsSession.CONTRACT, session.rows())
              .contest("version " + one.version(), one, other);
      return new ModelComparison(
          one.version(),
          other.version(),
          PairedFigures.of(contest, PromotionLimits.standard()),
          contest.generation(),
          Optional.empty());
    } catch (CannotStartException | DatabaseException noDatabase) {
      return ModelComparison.ofStored(
          one, other, ModelsSession.CONTRACT.classes(), String.valueOf(noDatabase.getMessage()));
    }
  }
}
