package dev.alta.app.command;

import dev.alta.app.data.Engine;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.model.Models;
import dev.alta.app.terminal.Json;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.score.Score;
import dev.alta.pipelines.score.ScoreResult;
import dev.alta.pipelines.score.ScoreSettings;
import dev.alta.proto.v1.Encounter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alta score}. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores many encounters with the champion, or a version of the model: predicted class,"
          + " probabilities, risk and its percentile for each row, as the scorer answers them."
          + " The output is replaced as a whole at the end. Rows that cannot be scored go to"
          + " OUTPUT.rejects.csv or the table NAME_rejects, with all reasons."
    },
    footer = {
      "",
      "Example: alta score --input discharges.csv --output list.csv --rank --reasons 3",
      "or:      alta score --input 's3://hospital/2026/*.csv.gz' --output s3://hospital/risk.jsonl",
      "or:      alta score --input 'SELECT * FROM discharged_today' --output table:risk_today"
    })
final class ScoreCommand implements Callable<Integer> {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  // Stand in until the real ones are there, so that settings are checked before they are started.
  private static final DatabaseSettings NO_DATABASE =
      new DatabaseSettings("jdbc:postgresql://not-started/", "", "");
  private static final StoreSettings NO_STORE =
      new StoreSettings("http://not-started", "none", "none", "none");

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      paramLabel = "FILE|TABLE|QUERY",
      required = true,
      description =
          "Encounters: CSV or CSV.gz, here or s3://bucket/key, also a pattern such as"
              + " 'data/*.csv'; table:raw_data or table:clean_data; or a query, 'SELECT …', whose"
              + " columns have the names of an encounter's. Key, patient and target may be missing.")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "FILE|TABLE",
      required = true,
      description =
          "Here or s3://bucket/key: JSON lines if it ends in .jsonl, else CSV; compressed if .gz"
              + " follows. Or table:NAME in the database.")
  private String output;

  @Option(
      names = "--reasons",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Name for each row the N columns that moved its risk most, and which way"
              + " (${DEFAULT-VALUE}).")
  private int reasons;

  @Option(
      names = "--rank",
      description = "The highest risk first, in place of the order of the input.")
  private boolean rank;

  @Option(names = "--model-version", paramLabel = "N", description = "In place of the champion.")
  private @Nullable Integer version;

  @Mixin private final FlinkOptions flink = new FlinkOptions();
  @Mixin private final EngineOptions engine = new EngineOptions();
  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say as JSON what came of it.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    FlinkSettings broad = Alta.settings(spec, flink::settings);
    ScoreSettings checked =
        Alta.settings(spec, () -> settings(NO_STORE, Optional.of(NO_DATABASE), broad));
    EngineSettings engines = Alta.settings(spec, () -> engine.settings(where));
    Alta.settings(spec, () -> engines.requireReachable("input", input));
    Alta.settings(spec, () -> engines.requireReachable("output", output));
    if (engines.isEmbedded()) {
      Score.requireReadable(checked, CONTRACT);
    }
    Session session = new Session(spec, where, json);
    // A home without anything has no model either.
    return where.store().isPresent()
        ? session.run(
            (kept, parts, terminal) ->
                score(kept, hasDatabase(where), terminal, engines.open(parts)))
        : session.onData(
            (kept, parts, terminal) -> score(kept, true, terminal, engines.open(parts)));
  }

  /** With a bucket from elsewhere, files can be scored where there is no database. */
  private boolean hasDatabase(StorageSettings where) {
    return where.database().isPresent() || ScoreSettings.needsDatabase(input, output);
  }

  private int score(Storage kept, boolean entered, Terminal terminal, Engine runner)
      throws Exception {
    Optional<DatabaseSettings> database = entered ? Optional.of(kept.database()) : Optional.empty();
    ScoreSettings settings = settings(kept.store(), database, flink.settings());
    Optional<ScoreResult> result =
        terminal.step(
            "score",
            progress -> runner.score(settings, CONTRACT, progress),
            found -> found.map(ScoreCommand::words).orElse("submitted"));
    if (json) {
      spec.commandLine()
          .getOut()
          .println(Json.of(result.map(ScoreCommand::fields).orElse(Map.of())));
    }
    return 0;
  }

  private ScoreSettings settings(
      StoreSettings store, Optional<DatabaseSettings> database, FlinkSettings broad) {
    return new ScoreSettings(
        store,
        database,
        broad,
        Models.NAME,
        Optional.ofNullable(version),
        input,
        output,
        reasons,
        rank,
        false);
  }

  private static String words(ScoreResult result) {
    return String.format(
        Locale.ROOT,
        "%,d rows read = %,d scored + %,d rejected%s; %s version %s; see %s",
        result.read(),
        result.scored(),
        result.rejected(),
        result.rejected() == 0 ? "" : " (" + result.rejects() + ")",
        result.modelAlias().isEmpty() ? "model" : result.modelAlias(),
        result.modelVersion(),
        result.output());
  }

  private static Map<String, Object> fields(ScoreResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("output", result.output());
    fields.put("rejects", result.rejects().isEmpty() ? null : result.rejects());
    fields.put("rows_read", result.read());
    fields.put("rows_scored", result.scored());
    fields.put("rows_rejected", result.rejected());
    fields.put("model_alias", result.modelAlias());
    fields.put("model_version", result.modelVersion());
    fields.put("seconds", result.seconds());
    return fields;
  }
}
