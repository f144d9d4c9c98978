package dev.alta.app.command;

import dev.alta.app.data.DataSteps;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.core.contract.Contract;
import dev.alta.core.split.Side;
import dev.alta.database.Generation;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.prepare.PrepareResult;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.proto.v1.Encounter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta prepare}. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes clean_data from all that was ingested: rows cleaned, or excluded with a reason, and"
          + " every patient on one side of the split into train, validation and test. Published as"
          + " a whole; does nothing where nothing has changed."
    },
    footer = {"", "Example: alta prepare --home ./my-hospital --seed 7"})
final class PrepareCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Deals out the patients who are new; the others stay on their side, whatever the seed"
              + " (${DEFAULT-VALUE}, as with alta up).")
  private long seed;

  @Mixin private final FlinkOptions flink = new FlinkOptions();
  @Mixin private final EngineOptions engine = new EngineOptions();
  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say as JSON what came of it.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    FlinkSettings settings = Alta.settings(spec, flink::settings);
    EngineSettings engines = Alta.settings(spec, () -> engine.settings(where));
    return new Session(spec, where, json)
        .onDatabase(
            CONTRACT,
            (database, storage, parts, terminal) -> {
              PrepareResult result =
                  new DataSteps(CONTRACT, database, terminal, engines.open(parts))
                      .prepare(
                          PrepareSettings.of(storage.database())
                              .withStore(storage.store())
                              .withFlink(settings)
                              .withSeed(seed));
              if (json) {
                spec.commandLine().getOut().println(Json.of(fields(result)));
              }
              return 0;
            });
  }

  private static Map<String, Object> fields(PrepareResult result) {
    Generation generation = result.generation();
    Map<String, Object> sides = new LinkedHashMap<>();
    for (Side side : Side.values()) {
      sides.put(side.label(), generation.rows(side));
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("generation", generation.number());
    fields.put("new", result.isNew());
    fields.put("rows_read", generation.rowsRead());
    fields.put("kept", generation.kept());
    fields.put("excluded", generation.excluded());
    fields.put("rows", sides);
    fields.put("seconds", result.seconds());
    return fields;
  }
}
