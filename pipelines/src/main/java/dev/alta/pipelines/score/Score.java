package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.DatabaseException;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreException;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.flink.FlinkJob;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.flink.RowProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
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
    return new Score(settings, contract).run(progress);
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
    if (!inDatabase(settings.input())) {
      score.requireReachable(settings.input());
      if (!settings.input().startsWith(Place.S3)) {
        score.input();
      }
    }
  }

  private Optional<ScoreResult> run(Progress progress) {
    long start = System.nanoTime();
    requireReadable(settings, contract);
    PinnedModel model = PinnedModel.of(settings.store(), settings.model(), settings.version());
    model.load(contract); // a model that cannot answer is found here
    Input input = input();
    Output output = output(model, input);
    log.info("Scoring {} with {} into {}", input.words(settings.input()), model, output.address());
    RowsWritten.watch(output);
    AtomicBoolean ended = new AtomicBoolean(true); // also where it fails
    try {
      RowProgress.during(
          () ->
              ended.set(
                  FlinkJob.run(
                      "score", settings.flink(), pipeline -> add(pipeline, input, model, output))),
          (unit, done, total) -> progress.at(unit, RowsWritten.of(output), 0),
          0,
          () -> RowsWritten.of(output));
      if (!ended.get()) {
        log.info("Submitted; the job publishes {} by itself", output.address());
        return Optional.empty();
      }
      ScoreResult result = result(output, model, start);
      log.info("Scored {}", result);
      return Optional.of(result);
    } finally {
      RowsWritten.forget(output);
      if (ended.get()) {
        end(output);
      }
    }
  }

  /** Exactly one of them is there. */
  private record Input(List<InputFile> files, Optional<QueryInput> query) {
    String words(String given) {
      return query.isPresent() ? query.get().address() : files.size() + " files of " + given;
    }
  }

  private Input input() {
    if (inDatabase(settings.input())) {
      return new Input(
          List.of(), Optional.of(QueryInput.open(database(), settings.input(), contract)));
    }
    return new Input(
        CsvFile.matching(settings.input(), Optional.of(settings.store())).stream()
            .map(file -> InputFile.open(file, contract))
            .toList(),
        Optional.empty());
  }

  private Output output(PinnedModel model, Input input) {
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

  private void add(Pipeline pipeline, Input input, PinnedModel model, Output output) {
    PCollection<TaskDone> done =
        input.query().isPresent()
            ? addQuery(pipeline, input.query().get(), model, output)
            : addFiles(pipeline, input.files(), model, output);
    done.setCoder(SerializableCoder.of(TaskDone.class))
        .apply("All tasks", WithKeys.of(0))
        .setTypeDescriptor(
            TypeDescriptors.kvs(TypeDescriptors.integers(), TypeDescriptor.of(TaskDone.class)))
        .apply("Await all tasks", GroupByKey.create())
        .apply("Publish", ParDo.of(new PublishFn(contract, output)))
        .setCoder(SerializableCoder.of(AllDone.class))
        .apply("Once published", Reshuffle.viaRandomKey())
        .apply("Remove parts", ParDo.of(new TidyFn(output)));
  }

  private PCollection<TaskDone> addFiles(
      Pipeline pipeline, List<InputFile> files, PinnedModel model, Output output) {
    List<FileTask> tasks = new ArrayList<>();
    long total = files.stream().mapToLong(file -> file.file().size()).sum();
    for (InputFile file : files) {
      tasks.addAll(file.tasks(tasks.size(), settings.flink().parallelism(), total));
    }
    return pipeline
        .apply("Tasks", Create.of(tasks).withCoder(SerializableCoder.of(FileTask.class)))
        .apply("Spread tasks", Reshuffle.viaRandomKey())
        .apply(
            "Score files", ParDo.of(new ScoreFilesFn(contract, model, settings.reasons(), output)));
  }

  private PCollection<TaskDone> addQuery(
      Pipeline pipeline, QueryInput query, PinnedModel model, Output output) {
    return pipeline
        .apply("Query", Create.of(query).withCoder(SerializableCoder.of(QueryInput.class)))
        .apply("Read rows", ParDo.of(new ReadQueryFn(contract)))
        .setCoder(SerializableCoder.of(RowBlock.class))
        .apply("Spread rows", Reshuffle.viaRandomKey())
        .apply(
            "Score rows",
            ParDo.of(new ScoreBlocksFn(contract, model, settings.reasons(), output, query)));
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

  private static boolean inDatabase(String input) {
    return input.startsWith(ScoreSettings.TABLE) || QueryInput.isQuery(input);
  }

  private DatabaseSettings database() {
    return settings.database().orElseThrow();
  }
}
