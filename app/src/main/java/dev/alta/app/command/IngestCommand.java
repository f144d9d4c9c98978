package dev.alta.app.command;

import dev.alta.app.data.DataSteps;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.core.contract.Contract;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestResult;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.proto.v1.Encounter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta ingest}. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Takes encounters into raw_data: each row once, however often it is run and wherever it is"
          + " stopped. Rows that do not keep to the contract go to rejected_rows with all reasons."
    },
    footer = {
      "",
      "Example: alta ingest --data encounters.csv.gz --home ./my-hospital",
      "or:      alta ingest --data 'http://127.0.0.1:8090/data?group_number=1'"
    })
final class IngestCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  // Stands in until the database is there, so that settings are checked before it is started.
  private static final DatabaseSettings NOT_STARTED =
      new DatabaseSettings("jdbc:postgresql://not-started/", "", "");

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FILE|URL",
      required = true,
      description =
          "Encounters as CSV or CSV.gz, here or s3://bucket/key, also a pattern such as"
              + " 'data/*.csv'; or an HTTP source (see alta source), of which the days that are new"
              + " are ingested.")
  private String data;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "What the batches are numbered within: the same name again is the same source (the file's"
              + " name without .gz, or the URL).")
  private String source;

  @Option(
      names = "--batch-rows",
      paramLabel = "N",
      defaultValue = "" + IngestSettings.BATCH_ROWS,
      description = "Rows of a batch of a file (${DEFAULT-VALUE}); always the same for one source.")
  private int batchRows;

  @Option(
      names = "--max-rejects",
      paramLabel = "SHARE",
      defaultValue = "" + IngestSettings.MAX_REJECTS,
      description = "Share of the rows that may be rejected before it fails (${DEFAULT-VALUE}).")
  private double maxRejects;

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
    Alta.settings(spec, () -> settings(NOT_STARTED));
    Alta.settings(spec, () -> engines.requireReachable("data", data));
    boolean inBucket = data.startsWith(Place.S3);
    if (engines.isEmbedded() && !inBucket) {
      Ingest.requireReadable(data, Optional.empty(), CONTRACT);
    }
    return new Session(spec, where, json)
        .inDatabase(
            CONTRACT,
            (database, storage, parts, terminal) -> {
              Optional<StoreSettings> store =
                  inBucket ? Optional.of(storage.store()) : Optional.empty();
              IngestResult result =
                  new DataSteps(CONTRACT, database, terminal, engines.open(parts))
                      .ingest(settings(storage.database()).withStore(store).withFlink(settings));
              if (json) {
                spec.commandLine().getOut().println(Json.of(fields(result)));
              }
              return 0;
            });
  }

  private IngestSettings settings(DatabaseSettings database) {
    return IngestSettings.of(database, data)
        .withSource(source)
        .withBatchRows(batchRows)
        .withMaxRejects(maxRejects);
  }

  private static Map<String, Object> fields(IngestResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("source", result.source());
    fields.put("rows_read", result.read());
    fields.put("accepted", result.accepted());
    fields.put("rejected", result.rejected());
    fields.put("duplicates", result.duplicates());
    fields.put("ingested_before", result.alreadyThere());
    fields.put("new_batches", result.newBatches());
    fields.put("seconds", result.seconds());
    return fields;
  }
}
