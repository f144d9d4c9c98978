package dev.alta.app.up;

import dev.alta.app.model.CodeVersion;
import dev.alta.app.model.TrainingStep;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.Generation;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.TrainingResult;
import dev.alta.training.TrainingSettings;
import dev.alta.training.promote.Promoter;
import java.util.Optional;

/** A champion: the one that is there, or a first one. */
final class ModelStep {
  private static final String WHO = "alta up";

  private final Contract contract;
  private final UpSettings settings;
  private final Database database;
  private final Registry registry;
  private final Terminal terminal;

  ModelStep(
      Contract contract,
      UpSettings settings,
      Database database,
      Registry registry,
      Terminal terminal) {
    this.contract = contract;
    this.settings = settings;
    this.database = database;
    this.registry = registry;
    this.terminal = terminal;
  }

  Manifest run() throws Exception {
    Optional<Alias> champion = registry.alias(Alias.CHAMPION);
    Manifest manifest = champion.isPresent() ? registry.load(champion.get()).manifest() : train();
    noteNewerData(manifest);
    noteLowAccuracy(manifest.getTest());
    return manifest;
  }

  private Manifest train() throws Exception {
    TrainingResult result =
        TrainingStep.run(
            contract,
            database.cleanData(),
            registry,
            TrainingSettings.standard(settings.seed(), CodeVersion.get()),
            terminal);
    Decision decision = decide(result);
    terminal.line("  version " + decision.getVersion() + " is champion: " + decision.getReason());
    return registry.load(decision.getVersion()).manifest();
  }

  /** Where nothing is served yet, a model that the rule refuses serves better than none. */
  private Decision decide(TrainingResult result) {
    Promoter promoter = Promoter.of(contract, database.cleanData(), registry);
    Decision decision = promoter.proposeBestOf(result.manifests(), WHO);
    if (decision.getKind() == DecisionKind.PROMOTED) {
      return decision;
    }
    int version = Integer.parseInt(decision.getVersion());
    return promoter.force(
        version,
        WHO,
        "the rule refuses it ("
            + decision.getReason()
            + "), but there is no other to serve; more rows help");
  }

  private void noteNewerData(Manifest champion) {
    long trainedOn = champion.getProvenance().getDataGeneration();
    long now = database.cleanData().latestGeneration().map(Generation::number).orElse(trainedOn);
    if (now != trainedOn) {
      terminal.line(
          "  Note: clean_data is generation "
              + now
              + ", the champion was trained on generation "
              + trainedOn
              + " and stays.");
    }
  }

  private void noteLowAccuracy(Evaluation test) {
    if (test.getAccuracy() <= test.getMajorityShare()) {
      terminal.line(
          "  Note: on the test rows always answering the most frequent class is right more often"
              + " than the model; it ranks patients better than chance, no more. More rows help.");
    }
  }
}
