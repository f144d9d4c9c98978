package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Scoring as steps of a pipeline: workers write parts, one step publishes all of them, the last one
 * removes them and ends the run.
 */
final class ScoreSteps {
  private final ScoreSettings settings;
  private final Contract contract;
  private final PinnedModel model;
  private final ScoreInput input;
  private final Output output;
  private final EnteredRun entered;

  ScoreSteps(
      ScoreSettings settings,
      Contract contract,
      PinnedModel model,
      ScoreInput input,
      Output output,
      EnteredRun entered) {
    this.settings = settings;
    this.contract = contract;
    this.model = model;
    this.input = input;
    this.output = output;
    this.entered = entered;
  }

  void addTo(Pipeline pipeline) {
    PCollection<TaskDone> done =
        input.query().isPresent()
            ? addQuery(pipeline, input.query().get())
            : addFiles(pipeline, input.files());
    done.setCoder(SerializableCoder.of(TaskDone.class))
        .apply("All tasks", WithKeys.of(0))
        .setTypeDescriptor(
            TypeDescriptors.kvs(TypeDescriptors.integers(), TypeDescriptor.of(TaskDone.class)))
        .apply("Await all tasks", GroupByKey.create())
        .apply("Publish", ParDo.of(new PublishFn(contract, output, entered)))
        .setCoder(SerializableCoder.of(AllDone.class))
        .apply("Once published", Reshuffle.viaRandomKey())
        .apply("Remove parts", ParDo.of(new TidyFn(contract, output, entered)));
  }

  private PCollection<TaskDone> addFiles(Pipeline pipeline, List<InputFile> files) {
    List<FileTask> tasks = new ArrayList<>();
    long total = files.stream().mapToLong(file -> file.file().size()).sum();
    for (InputFile file : files) {
      tasks.addAll(file.tasks(tasks.size(), settings.flink().parallelism(), total));
    }
    return pipeline
        .apply("Tasks", Create.of(tasks).withCoder(SerializableCoder.of(FileTask.class)))
        .apply("Spread tasks", Reshuffle.viaRandomKey())
        .apply(
            "Score files",
            ParDo.of(new ScoreFilesFn(contract, model, settings.reasons(), output, entered)));
  }

  private PCollection<TaskDone> addQuery(Pipeline pipeline, QueryInput query) {
    return pipeline
        .apply("Query", Create.of(query).withCoder(SerializableCoder.of(QueryInput.class)))
        .apply("Read rows", ParDo.of(new ReadQueryFn(contract)))
        .setCoder(SerializableCoder.of(RowBlock.class))
        .apply("Spread rows", Reshuffle.viaRandomKey())
        .apply(
            "Score rows",
            ParDo.of(
                new ScoreBlocksFn(contract, model, settings.reasons(), output, entered, query)));
  }
}
