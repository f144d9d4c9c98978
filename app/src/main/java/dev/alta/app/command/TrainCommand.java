package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.model.MlflowStep;
import dev.alta.app.model.Models;
import dev.alta.app.model.TrainingStep;
import dev.alta.app.model.TrainingWords;
import dev.alta.app.terminal.Json;
import dev.alta.app.terminal.SearchStop;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.CleanData;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.Encounter;
import dev.alta.training.TrainingResult;
import dev.alta.training.TrainingSettings;
import dev.alta.training.mlflow.MlflowRecorder;
import dev.alta.training.mlflow.MlflowSettings;
import dev.alta.training.promote.Promoter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Searches settings for two objectives side by side on what was prepared, grows the best trees"
          + " for each, evaluates them, keeps them as versions, and lets the promotion rule decide"
          + " on the better one. Ctrl-C ends the search and goes on with the best so far."
    },
    footer = {"", "Example: alta train --home ./my-hospital --budget 50"})
final class TrainCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String WHO = "alta train";

  @Spec private CommandSpec spec;

  @Mixin private final SearchOptions search = new SearchOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all chance in the training (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--no-promotion",
      description = "Keep the versions, but let the rule decide nothing.")
  private boolean noPromotion;

  @Mixin private final MlflowOptions mlflow = new MlflowOptions();

  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say as JSON what came of it.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    TrainingSettings settings = Alta.settings(spec, () -> search.settings(seed));
    Optional<MlflowSettings> recorded = Alta.settings(spec, mlflow::settings);
    return new Session(spec, where, json)
        .onDatabase(
            CONTRACT,
            (database, storage, parts, terminal) -> {
              CleanData data = database.cleanData();
              ObjectStore store = parts.start(() -> ObjectStore.open(storage.store()));
              Registry registry = Models.in(store);
              TrainingResult result = train(data, registry, settings, terminal);
              Optional<Decision> decision =
                  noPromotion
                      ? Optional.empty()
                      : Optional.of(
                          Promoter.of(CONTRACT, data, registry)
                              .proposeBestOf(result.manifests(), WHO));
              report(result, decision);
              recorded.ifPresent(
                  server ->
                      new MlflowStep(new MlflowRecorder(server, CONTRACT.classes()), registry)
                          .record(result.manifests())
                          .forEach(terminal::line));
              return 0;
            });
  }

  private static TrainingResult train(
      CleanData data, Registry registry, TrainingSettings settings, Terminal terminal)
      throws Exception {
    try (SearchStop stop = SearchStop.onFirstCtrlC(terminal)) {
      return TrainingStep.run(
          CONTRACT,
          data,
          registry,
          settings.withSearch(settings.search().stoppedBy(stop::isAskedFor)),
          terminal);
    }
  }

  private void report(TrainingResult result, Optional<Decision> decision) {
    if (json) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("versions", result.versions().stream().map(TrainingWords::fields).toList());
      fields.put("decision", decision.map(TrainCommand::fields));
      spec.commandLine().getOut().println(Json.of(fields));
      return;
    }
    spec.commandLine().getOut().println(TrainingWords.table(result));
    decision.ifPresent(
        made ->
            spec.commandLine()
                .getOut()
                .println("version " + made.getVersion() + ": " + made.getReason()));
  }

  private static Map<String, Object> fields(Decision decision) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", decision.getVersion());
    fields.put("kind", decision.getKind().name());
    fields.put("reason", decision.getReason());
    return fields;
  }
}
