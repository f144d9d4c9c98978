package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.database.RunOrder;
import dev.alta.pipelines.PipelineException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * The ingest as steps of a pipeline: all rows are checked, and only if few enough are rejected is
 * any of them stored. Checking costs a small part of what storing does, so rows are rather read and
 * checked twice than kept anywhere in between.
 */
final class IngestSteps {
  private final IngestSettings settings;
  private final Contract contract;
  private final List<SourcePlan> plans;
  private final long run;

  IngestSteps(IngestSettings settings, Contract contract, List<SourcePlan> plans, long run) {
    this.settings = settings;
    this.contract = contract;
    this.plans = plans;
    this.run = run;
  }

  void addTo(Pipeline pipeline) {
    RunOrder order = new RunOrder(plans.stream().map(SourcePlan::order).toList());
    List<BatchTask> newTasks = plans.stream().flatMap(plan -> plan.tasks().stream()).toList();
    List<BatchTask> inOrder =
        plans.stream().flatMap(plan -> plan.unsettledTasks().stream()).toList();
    PCollection<BatchTask> tasks =
        pipeline
            .apply("Batches", Create.of(newTasks).withCoder(SerializableCoder.of(BatchTask.class)))
            .apply("Spread batches", Reshuffle.viaRandomKey());
    PCollectionView<Boolean> passed = check(pipeline, tasks);
    tasks
        .apply(
            "Store batches",
            ParDo.of(new StoreBatchesFn(settings, contract, order, run, passed))
                .withSideInputs(passed))
        .setCoder(VarLongCoder.of())
        .apply("Count stored rows", Sum.longsGlobally())
        .apply(
            "Finish", ParDo.of(new FinishFn(settings, contract, order, run, inOrder, stopped())));
  }

  private @Nullable String stopped() {
    return plans.stream()
        .flatMap(plan -> plan.stopped().stream())
        .map(PipelineException::getMessage)
        .findFirst()
        .orElse(null);
  }

  private PCollectionView<Boolean> check(Pipeline pipeline, PCollection<BatchTask> tasks) {
    SerializableCoder<RejectCount> coder = SerializableCoder.of(RejectCount.class);
    PCollection<RejectCount> known =
        pipeline.apply(
            "Checked while planned",
            Create.of(plans.stream().map(SourcePlan::checked).toList()).withCoder(coder));
    PCollection<RejectCount> found =
        tasks.apply("Check rows", ParDo.of(new CheckFn(contract))).setCoder(coder);
    return PCollectionList.of(known)
        .and(found)
        .apply("All checked", Flatten.pCollections())
        .apply("Count rejects", Combine.globally(new AddCounts()))
        .setCoder(coder)
        .apply("Few enough", ParDo.of(new DecideFn(settings.data(), settings.maxRejects())))
        .setCoder(BooleanCoder.of())
        .apply("See decision", View.asSingleton());
  }

  private static final class AddCounts
      implements SerializableBiFunction<RejectCount, RejectCount, RejectCount> {
    @Override
    public RejectCount apply(RejectCount left, RejectCount right) {
      RejectCount sum = new RejectCount();
      sum.add(left);
      sum.add(right);
      return sum;
    }
  }

  /** Lets pass, or ends the run. */
  private static final class DecideFn extends DoFn<RejectCount, Boolean> {
    private final String source;
    private final double maxShare;

    DecideFn(String source, double maxShare) {
      this.source = source;
      this.maxShare = maxShare;
    }

    @ProcessElement
    public void decide(@Element RejectCount count, OutputReceiver<Boolean> out) {
      count.check(source, maxShare);
      out.output(true);
    }
  }
}
