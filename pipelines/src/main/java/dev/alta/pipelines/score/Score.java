package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.DatabaseException;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.RunStart;
import dev.alta.model.registry.StoreException;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.flink.FlinkJob;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.flink.RowProgress;
import dev.alta.pipelines.flink.RunEntry;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores many encounters with one version of a model, as the scorer would, bit by bit.
 *
 * <p>The plan pins the version, reads the headers and cuts plain files into ranges of bytes. What
 * flows are descriptions of ranges (or, of a query, blocks of rows); workers load the model once
 * for each process and write parts that nobody sees. The last step makes them the output, which is
 * replaced as a whole: killed anywhere, a run leaves the output that was there before.
 */
public final class Score {
  private static final Logger log = LoggerFactory.getLogger(Score.class);

  private static final String KIND = "score";

  private final ScoreSettings settings;
  private final Contract contract;

  private Score(ScoreSettings settings, Contract contract) {
    this.settings = settings;
    this.contract = contract;
  }

  /**
   * Scores.
   *
   * @return what was done; empty where the run was only submitted to a cluster
   * @throws PipelineException in one line: no champion yet, the input is not there or none of the
   *     contract, the output cannot be written
   * @throws DatabaseException in one line: the database cannot be reached, the query is none
   * @throws StoreException in one line: the store cannot be reached
   */
  public static Optional<ScoreResult> run(
      ScoreSettings settings, Contract contract, Progress progress) {
    requireReadable(settings, contract);
    Score score = new Score(settings, contract);
    if (settings.database().isEmpty()) {
      return score.run(
          EnteredRun.NOWHERE, steps -> FlinkJob.run(KIND, settings.flink(), steps), progress);
    }
    DatabaseSettings database = settings.database().get();
    try (Database opened = Database.open(database, contract)) {
      return RunEntry.during(
          opened.runs(),
          RunStart.of(KIND, score.subject(), System.getProperty("user.name", "unknown")),
          settings.flink(),
          entry ->
              score.run(
                  new EnteredRun(database, entry.run()),
                  steps -> entry.job(KIND, steps),
                  progress));
    }
  }

  /**
   * Looks at the headers of files of this machine, and that the workers can reach what they are to,
   * so that what is wrong is refused before anything else is done.
   *
   * @throws PipelineException in one line
   */
  public static void requireReadable(ScoreSettings settings, Contract contract) {
    Score score = new Score(settings, contract);
    score.requireReachable(settings.output());
    if (!ScoreInput.inDatabase(settings.input())) {
      score.requireReachable(settings.input());
      if (!settings.input().startsWith(Place.S3)) {
        ScoreInput.open(settings, contract);
      }
    }
  }

  /** Runs steps as a job; tells whether it has come to its end. */
  @FunctionalInterface
  private interface Runner {
    boolean run(FlinkJob.Steps steps);
  }

  private Optional<ScoreResult> run(EnteredRun entered, Runner runner, Progress progress) {
    long start = System.nanoTime();
    PinnedModel model = PinnedModel.of(settings.store(), settings.model(), settings.version());
    PinnedModel.Loaded loaded = model.load(contract); // what cannot answer is found here
    ScoreInput input = ScoreInput.open(settings, contract);
    Output output = output(model, input);
    log.info("scoring {} with {} into {}", input.words(settings.input()), model, output.address());
    if (settings.database().isEmpty() && loaded.predictor().encoder().readsHistory()) {
      log.info("no database: rows without a history of their own are scored as first encounters");
    }
    RowsWritten.watch(output);
    AtomicBoolean ended = new AtomicBoolean(true); // also where it fails
    ScoreSteps steps = new ScoreSteps(settings, contract, model, input, output, entered);
    try {
      RowProgress.during(
          () -> ended.set(runner.run(steps::addTo)),
          (unit, done, total) -> progress.at(unit, RowsWritten.of(output), 0),
          0,
          () -> RowsWritten.of(output));
      if (!ended.get()) {
        log.info("submitted; the job publishes {} by itself", output.address());
        return Optional.empty();
      }
      ScoreResult result = result(output, model, start);
      log.info("scored {}", result);
      return Optional.of(result);
    } finally {
      RowsWritten.forget(output);
      if (ended.get()) {
        end(output);
      }
    }
  }

  private Output output(PinnedModel model, ScoreInput input) {
    String address = settings.output();
    if (address.startsWith(ScoreSettings.TABLE)) {
      String name = address.substring(ScoreSettings.TABLE.length());
      return TableOutput.begin(database(), name, model, contract);
    }
    Place place = Place.of(address, Optional.of(settings.store()));
    if (input.files().stream().anyMatch(file -> file.file().place().equals(place))) {
      throw new PipelineException(
          address + ": input and output at once (expected: another file for the output)");
    }
    return FileOutput.begin(place, settings.ranked(), settings.reasons(), model);
  }

  /** For the list of runs; a query may name patients. */
  private String subject() {
    String input = QueryInput.isQuery(settings.input()) ? "query" : settings.input();
    return input + " into " + settings.output();
  }

  private ScoreResult result(Output output, PinnedModel model, long start) {
    try {
      Output.Outcome outcome = output.outcome(contract);
      return new ScoreResult(
          output.address(),
          outcome.rejected() == 0 ? "" : output.rejectsAddress(),
          outcome.scored() + outcome.rejected(),
          outcome.scored(),
          outcome.rejected(),
          model.alias(),
          Integer.toString(model.version()),
          (System.nanoTime() - start) / 1e9);
    } catch (IOException failed) {
      throw new PipelineException(
          output.address() + ": cannot be read (" + failed.getMessage() + ")", failed);
    }
  }

  private static void end(Output output) {
    try {
      output.end();
    } catch (IOException failed) {
      throw new PipelineException(
          output.address() + ": what is left cannot be removed (" + failed.getMessage() + ")",
          failed);
    }
  }

  /** A file of this machine is nothing that another one could read or write. */
  private void requireReachable(String address) {
    boolean elsewhere = !settings.flink().master().equals(FlinkSettings.LOCAL);
    if (elsewhere
        && !settings.sharedFiles()
        && !address.startsWith(Place.S3)
        && !address.startsWith(ScoreSettings.TABLE)) {
      throw new PipelineException(
          address
              + ": a file of this machine, but the workers are on a cluster (expected: s3://…, or"
              + " table:…, or to be told that the workers see the same files)");
    }
  }

  private DatabaseSettings database() {
    return settings.database().orElseThrow();
  }
}
