package dev.alta.app.command;

import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Json;
import dev.alta.app.workflow.Bench;
import dev.alta.app.workflow.Retrain;
import dev.alta.app.workflow.RetrainDecision;
import dev.alta.app.workflow.RetrainLimits;
import dev.alta.app.workflow.RetrainSettings;
import dev.alta.database.WorkflowRun;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestSettings;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alta retrain}. */
@Command(
    name = "retrain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains again where there is a reason to: ingests what is new, prepares, decides, trains,"
          + " compares, promotes. Says why it trains or not. Stopped or killed, it goes on where it"
          + " was when it is started again; a second one at the same time says who is at work, and"
          + " ends with 1."
    },
    footer = {
      "",
      "Example: alta retrain --data 'discharges/*.csv.gz' --home ./my-hospital",
      "or:      alta retrain --dry-run --json",
      "or:      alta retrain --engine kubernetes --database-url … --store-url …"
    })
final class RetrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "FILE|URL",
      description =
          "What to ingest first, as with alta ingest. Without it: the new days of the HTTP sources"
              + " that were ingested before.")
  private @Nullable String data;

  @Option(
      names = "--max-rejects",
      paramLabel = "SHARE",
      defaultValue = "" + IngestSettings.MAX_REJECTS,
      description = "Share of the rows that may be rejected before it fails (${DEFAULT-VALUE}).")
  private double maxRejects;

  @Option(
      names = "--new-rows",
      paramLabel = "SHARE",
      defaultValue = "" + RetrainLimits.NEW_ROWS,
      description = "New rows that call for training, of the champion's rows (${DEFAULT-VALUE}).")
  private double newRows;

  @Option(
      names = "--drift",
      paramLabel = "PSI",
      defaultValue = "" + RetrainLimits.DRIFT,
      description =
          "Population stability index of the new rows in a column that matters, which calls for"
              + " training if chance does not explain it (${DEFAULT-VALUE}).")
  private double drift;

  @Option(
      names = "--mean-drift",
      paramLabel = "PSI",
      defaultValue = "" + RetrainLimits.MEAN_DRIFT,
      description = "The same in the mean over all columns (${DEFAULT-VALUE}).")
  private double meanDrift;

  @Option(
      names = "--auroc-drop",
      paramLabel = "X",
      defaultValue = "" + RetrainLimits.AUROC_DROP,
      description =
          "By how much the live mean AUROC must be below that of the test rows, surely at 95%%, to"
              + " call for training (${DEFAULT-VALUE}).")
  private double aurocDrop;

  @Option(
      names = "--max-age",
      paramLabel = "DAYS",
      defaultValue = "" + RetrainLimits.AGE_DAYS,
      description = "Age of the champion that calls for training (${DEFAULT-VALUE}).")
  private int maxAge;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "" + RetrainLimits.LIVE_DAYS,
      description = "How far back predictions are looked at (${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--budget",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Trials of the search for each objective (${DEFAULT-VALUE}: the best settings known"
              + " beforehand).")
  private int trials;

  @Option(names = "--force", description = "Train whatever the decision would be.")
  private boolean force;

  @Option(
      names = "--dry-run",
      description = "Only say what would be decided on what is there now. Changes nothing.")
  private boolean dryRun;

  @Option(
      names = "--no-reason-code",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Exit code of --dry-run where there is no reason to train (${DEFAULT-VALUE}), for what"
              + " starts one command after the other: Airflow skips the rest at 99.")
  private int noReasonCode;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the split of new patients and of the training (${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private final FlinkOptions flink = new FlinkOptions();
  @Mixin private final EngineOptions engine = new EngineOptions();
  @Mixin private final StorageOptions storage = new StorageOptions();

  @Option(names = "--json", description = "Say as JSON what came of it.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    StorageSettings where = Alta.settings(spec, storage::settings);
    FlinkSettings broad = Alta.settings(spec, flink::settings);
    EngineSettings engines = Alta.settings(spec, () -> engine.settings(where));
    RetrainSettings settings = Alta.settings(spec, () -> settings(broad));
    if (dryRun && data != null) {
      throw new ParameterException(
          spec.commandLine(),
          "dry-run: with data " + data + " (expected: without, as it ingests nothing)");
    }
    if (data != null) {
      String source = data;
      Alta.settings(spec, () -> engines.requireReachable("data", source));
      if (engines.isEmbedded() && !data.startsWith(Place.S3)) {
        Ingest.requireReadable(data, Optional.empty(), Benches.CONTRACT);
      }
    }
    Session session = new Session(spec, where, json);
    return data == null
        ? session.onData(
            (kept, parts, terminal) -> run(Benches.of(kept, parts, terminal, engines), settings))
        : session.run(
            (kept, parts, terminal) -> run(Benches.of(kept, parts, terminal, engines), settings));
  }

  private int run(Bench bench, RetrainSettings settings) throws Exception {
    Retrain retrain = new Retrain(bench);
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      RetrainDecision decision = retrain.decide(settings);
      out.println(json ? Json.of(WorkflowTable.fields(decision)) : WorkflowTable.words(decision));
      return decision.trains() ? 0 : noReasonCode;
    }
    WorkflowRun run = retrain.run(settings);
    out.println(json ? Json.of(WorkflowTable.fields(run)) : WorkflowTable.result(run));
    return 0;
  }

  private RetrainSettings settings(FlinkSettings broad) {
    return new RetrainSettings(
        Optional.ofNullable(data),
        maxRejects,
        seed,
        engine.name(),
        broad.parallelism(),
        trials,
        force,
        new RetrainLimits(newRows, drift, meanDrift, aurocDrop, maxAge, days));
  }
}
