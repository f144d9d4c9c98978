package dev.alta.pipelines.prepare;

import dev.alta.core.contract.Contract;
import dev.alta.core.profile.BatchTally;
import dev.alta.core.progress.Progress;
import dev.alta.database.CleanData;
import dev.alta.database.CleanDataDraft;
import dev.alta.database.Database;
import dev.alta.database.Generation;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RunStart;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.flink.RowProgress;
import dev.alta.pipelines.flink.RunEntry;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
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
 * excluded with a reason, and every patient on one side of the split. A patient who was on a side
 * before stays there, whatever came in since and whatever the seed; new patients fill the quotas.
 *
 * <p>The last step of the pipeline publishes it as a whole, with its certificate and profile, after
 * its sums were checked, or not at all. So it needs no process that waits for the end of the job.
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
    return submit(settings, contract, progress)
        .orElseThrow(() -> new IllegalStateException("submitted to a cluster that tells no end"));
  }

  /**
   * The same, also where it is only submitted to a cluster.
   *
   * @return what was done; empty where nobody waits for the job, which then publishes by itself
   */
  public static Optional<PrepareResult> submit(
      PrepareSettings settings, Contract contract, Progress progress) {
    try (Database database = Database.open(settings.database(), contract)) {
      return RunEntry.during(
          database.runs(),
          new RunStart(
              "prepare",
              "clean_data",
              System.getProperty("user.name", "unknown"),
              settings.workflow()),
          settings.flink(),
          entry -> new Prepare(settings, contract).run(database, entry, progress));
    }
  }

  private Optional<PrepareResult> run(Database database, RunEntry entry, Progress progress) {
    long start = System.nanoTime();
    CleanData cleanData = database.cleanData();
    List<LedgerEntry> batches = database.rawData().batches();
    long rows = batches.stream().mapToLong(LedgerEntry::accepted).sum();
    if (rows == 0) {
      throw new PipelineException("raw_data: no rows (expected: an ingest before a prepare)");
    }
    String input = InputDigest.of(contract, settings.seed(), batches);
    Optional<Generation> latest = cleanData.latestGeneration();
    if (latest.isPresent() && latest.get().inputSha256().equals(input)) {
      log.info("prepare: nothing has changed since generation {}", latest.get().number());
      entry.nothingToDo("prepare");
      return Optional.of(new PrepareResult(latest.get(), false, seconds(start)));
    }
    entry.total(rows);
    long run = prepare(entry, cleanData, batches, rows, input, progress);
    if (!entry.wasWaitedFor()) {
      return Optional.empty();
    }
    Generation generation = published(cleanData, run);
    log.info(
        "prepared generation {}: {} rows, {} kept", generation.number(), rows, generation.kept());
    return Optional.of(new PrepareResult(generation, true, seconds(start)));
  }

  private long prepare(
      RunEntry entry,
      CleanData cleanData,
      List<LedgerEntry> batches,
      long rows,
      String input,
      Progress progress) {
    try (CleanDataDraft draft = cleanData.begin(input, rows)) {
      List<Long> ids = batches.stream().map(LedgerEntry::batchId).toList();
      RowProgress.during(
          () -> entry.job("prepare", p -> add(p, ids, rows, draft.run(), entry.run())),
          progress,
          rows,
          () -> cleanData.rowsDone(draft.run()));
      if (!entry.wasWaitedFor()) {
        draft.leave();
      }
      return draft.run();
    }
  }

  private static Generation published(CleanData cleanData, long run) {
    Generation latest = cleanData.latestGeneration().orElse(null);
    if (latest == null || latest.number() < run) {
      throw new PipelineException("prepare: run " + run + " ended and published nothing");
    }
    return latest;
  }

  private void add(Pipeline pipeline, List<Long> ids, long rows, long run, long entry) {
    PCollection<Long> batches =
        pipeline
            .apply("Batches", Create.of(ids).withCoder(VarLongCoder.of()))
            .apply("Spread batches", Reshuffle.viaRandomKey());
    int shards = PatientShard.shards(rows);
    PCollection<KV<Integer, Iterable<PatientPack>>> patients =
        batches
            .apply(
                "Read patients",
                ParDo.of(new ReadPatientsFn(settings.database(), contract, shards)))
            .setCoder(KvCoder.of(VarIntCoder.of(), new PatientPack.Codec()))
            .apply("Group by patient", GroupByKey.create());
    PCollectionView<String> plan =
        SplitSteps.plan(patients, settings.seed()).apply("See plan", View.asSingleton());
    PCollection<KV<Long, SidePack>> sides =
        patients
            .apply("Assign sides", ParDo.of(new AssignFn(contract, plan)).withSideInputs(plan))
            .setCoder(KvCoder.of(VarLongCoder.of(), new SidePack.Codec()));
    PCollection<KV<Long, SidePack>> everyBatch =
        batches.apply("Name every batch", ParDo.of(new EveryBatchFn())).setCoder(sides.getCoder());
    PCollectionList.of(sides)
        .and(everyBatch)
        .apply("Sides and batches", Flatten.pCollections())
        .apply("Group by batch", GroupByKey.create())
        .apply("Spread evenly", Reshuffle.viaRandomKey())
        .apply(
            "Write clean_data",
            ParDo.of(new WriteBatchFn(settings.database(), contract, run, entry)))
        .setCoder(SerializableCoder.of(BatchTally.class))
        .apply("Add up batches", Combine.globally(new AddBatches()))
        .apply(
            "Publish",
            ParDo.of(
                    new PublishFn(
                        settings.database(),
                        contract,
                        run,
                        entry,
                        settings.store().orElse(null),
                        plan))
                .withSideInputs(plan));
  }

  /** Sends nobody to a batch, so that it comes also where it has no patients. */
  private static final class EveryBatchFn extends DoFn<Long, KV<Long, SidePack>> {
    @ProcessElement
    public void name(@Element Long batch, OutputReceiver<KV<Long, SidePack>> out) {
      out.output(KV.of(batch, SidePack.NOBODY));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
