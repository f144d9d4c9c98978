package dev.alta.pipelines.prepare;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.CleanData;
import dev.alta.database.CleanDataDraft;
import dev.alta.database.Database;
import dev.alta.database.Generation;
import dev.alta.database.LedgerEntry;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.flink.FlinkJob;
import dev.alta.pipelines.flink.RowProgress;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a new generation of {@code clean_data} from all of {@code raw_data}: every row cleaned, or
 * excluded with a reason, and every patient on one side of the split. It is published as a whole
 * after its sums were checked, or not at all.
 */
public final class Prepare {
  private static final Logger log = LoggerFactory.getLogger(Prepare.class);

  private final PrepareSettings settings;
  private final Contract contract;

  private Prepare(PrepareSettings settings, Contract contract) {
    this.settings = settings;
    this.contract = contract;
  }

  /**
   * Prepares the data, unless neither they nor the contract nor the seed have changed.
   *
   * @throws PipelineException in one line: there is nothing in raw_data, or a step fails
   * @throws dev.alta.database.DatabaseException in one line: the database cannot be reached,
   *     another process is preparing, or the result is not right; then nothing was published
   */
  public static PrepareResult run(PrepareSettings settings, Contract contract, Progress progress) {
    return new Prepare(settings, contract).run(progress);
  }

  private PrepareResult run(Progress progress) {
    long start = System.nanoTime();
    try (Database database = Database.open(settings.database(), contract)) {
      CleanData cleanData = database.cleanData();
      List<LedgerEntry> batches = database.rawData().batches();
      long rows = batches.stream().mapToLong(LedgerEntry::accepted).sum();
      if (rows == 0) {
        throw new PipelineException("raw_data: no rows (expected: an ingest before a prepare)");
      }
      String input = InputDigest.of(contract, settings.seed(), batches);
      Optional<Generation> latest = cleanData.latestGeneration();
      if (latest.isPresent() && latest.get().inputSha256().equals(input)) {
        log.info("Prepare: nothing has changed since generation {}", latest.get().number());
        return new PrepareResult(latest.get(), false, seconds(start));
      }
      Generation generation = prepare(cleanData, batches, rows, input, progress);
      log.info(
          "Prepared generation {}: {} rows, {} kept", generation.number(), rows, generation.kept());
      return new PrepareResult(generation, true, seconds(start));
    }
  }

  private Generation prepare(
      CleanData cleanData, List<LedgerEntry> batches, long rows, String input, Progress progress) {
    try (CleanDataDraft draft = cleanData.begin()) {
      List<Long> ids = batches.stream().map(LedgerEntry::batchId).toList();
      RowProgress.during(
          () -> FlinkJob.run("prepare", settings.flink(), p -> add(p, ids, draft.run())),
          progress,
          rows,
          () -> cleanData.rowsDone(draft.run()));
      return draft.publish(input, rows);
    }
  }

  private void add(Pipeline pipeline, List<Long> ids, long run) {
    PCollection<Long> batches =
        pipeline
            .apply("Batches", Create.of(ids).withCoder(VarLongCoder.of()))
            .apply("Spread batches", Reshuffle.viaRandomKey());
    PCollection<KV<Long, PatientRows>> patients =
        batches
            .apply("Read raw_data", ParDo.of(new ReadPatientsFn(settings.database(), contract)))
            .setCoder(KvCoder.of(VarLongCoder.of(), new PatientRowsCoder()))
            .apply("Join patients", Combine.perKey(new JoinPatientRows()));
    PCollection<String> plan = SplitSteps.plan(patients, settings.seed());
    plan.apply("Keep plan", ParDo.of(new SavePlanFn(settings.database(), contract, run)));
    PCollectionView<String> planView = plan.apply("See plan", View.asSingleton());
    PCollection<KV<Long, KV<Long, String>>> sides =
        patients
            .apply("Assign sides", ParDo.of(new AssignFn(planView)).withSideInputs(planView))
            .setCoder(
                KvCoder.of(VarLongCoder.of(), KvCoder.of(VarLongCoder.of(), StringUtf8Coder.of())));
    PCollection<KV<Long, KV<Long, String>>> everyBatch =
        batches
            .apply("Name every batch", MapElements.via(new EveryBatch()))
            .setCoder(sides.getCoder());
    PCollectionList.of(sides)
        .and(everyBatch)
        .apply("Sides and batches", Flatten.pCollections())
        .apply("Group by batch", GroupByKey.create())
        .apply("Write clean_data", ParDo.of(new WriteBatchFn(settings.database(), contract, run)));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
