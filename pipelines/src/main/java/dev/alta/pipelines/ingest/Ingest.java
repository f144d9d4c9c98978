package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.DatabaseException;
import dev.alta.database.IngestBatch;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RawData;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.csv.Header;
import dev.alta.pipelines.flink.FlinkJob;
import dev.alta.pipelines.flink.RowProgress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a CSV file, or the new days of an incremental HTTP source, into {@code raw_data}: each of
 * its rows once, however often it is run and wherever it is killed.
 *
 * <p>First the source is gone through once: its batches are found and digested, those that the
 * ledger knows are dropped, and the rows of the others are checked, so that a source that does not
 * keep to the contract fails before anything is stored. What then flows through the pipeline are
 * descriptions of batches; each is read, checked and stored: rows, rejects, ledger entry and
 * watermark in one transaction.
 *
 * <p>Where an incremental source fails at a day, the days before it are stored, then the run fails.
 */
public final class Ingest {
  private static final Logger log = LoggerFactory.getLogger(Ingest.class);

  private final IngestSettings settings;
  private final Contract contract;
  private final Source source;

  private Ingest(IngestSettings settings, Contract contract) {
    this.settings = settings;
    this.contract = contract;
    this.source = Source.at(settings.data(), settings.source(), settings.store());
  }

  /**
   * Ingests the source.
   *
   * @throws PipelineException in one line: the source is not there, none of the contract, has too
   *     many rows to reject, or changes while it is read
   * @throws DatabaseException in one line: the database cannot be reached, or a batch of the source
   *     was ingested before with another content
   */
  public static IngestResult run(IngestSettings settings, Contract contract, Progress progress) {
    return new Ingest(settings, contract).run(progress);
  }

  /**
   * Looks at a file's header or a source's first day, so that a wrong one is refused before
   * anything else is done.
   *
   * @param store has the buckets of {@code s3://} files
   * @throws PipelineException in one line: it is not there or none of the contract
   */
  public static void requireReadable(
      String data, Optional<StoreSettings> store, Contract contract) {
    Source.at(data, "", store).requireReadable(contract);
  }

  private IngestResult run(Progress progress) {
    long start = System.nanoTime();
    try (Database database = Database.open(settings.database(), contract)) {
      Plan plan = plan(database.rawData());
      log.info(
          "Ingest of {}: {} rows, {} new in {} batches",
          source.name(),
          plan.rows,
          plan.newRows(),
          plan.batches.size());
      if (!plan.batches.isEmpty()) {
        store(plan, database.rawData(), progress);
      }
      if (plan.stopped != null) {
        throw plan.stopped;
      }
      IngestResult result = result(plan, database.rawData(), start);
      log.info("Ingested {}", result);
      return result;
    }
  }

  /** What is to be done: the batches that are not stored yet. */
  private static final class Plan {
    private Header header = new Header(List.of());
    private final List<IngestBatch> batches = new ArrayList<>();
    private final RejectCount rejects = new RejectCount();
    private long rows;
    // Why an incremental source could not be gone through to its end.
    private @Nullable RuntimeException stopped;

    long newRows() {
      return batches.stream().mapToLong(IngestBatch::rows).sum();
    }
  }

  private Plan plan(RawData rawData) {
    Map<Integer, LedgerEntry> known = new HashMap<>();
    rawData.batches(source.name()).forEach(entry -> known.put(entry.batch().number(), entry));
    int watermark = rawData.watermark(source.name());
    Plan plan = new Plan();
    try {
      source.plan(
          contract,
          settings.batchRows(),
          watermark,
          (header, batch, bytes) -> add(plan, known, header, batch, bytes));
    } catch (PipelineException | DatabaseException stopped) {
      if (!source.incremental()) {
        throw stopped;
      }
      plan.stopped = stopped;
    }
    plan.rejects.check(source.address(), settings.maxRejects());
    return plan;
  }

  private void add(
      Plan plan, Map<Integer, LedgerEntry> known, Header header, IngestBatch batch, byte[] bytes) {
    LedgerEntry entry = known.get(batch.number());
    if (entry != null) {
      RawData.checkSame(batch, entry);
    } else {
      plan.header = header;
      plan.batches.add(batch);
      plan.rejects.add(
          batch.rows(), new BatchParser(contract, header).parse(batch, bytes).rejected());
    }
    plan.rows += batch.rows();
  }

  private void store(Plan plan, RawData rawData, Progress progress) {
    RowProgress.during(
        () -> FlinkJob.run("ingest", settings.flink(), pipeline -> add(pipeline, plan)),
        progress,
        plan.newRows(),
        () -> rows(stored(plan, rawData)));
  }

  private void add(Pipeline pipeline, Plan plan) {
    StoreBatchesFn storeBatches =
        new StoreBatchesFn(settings.database(), contract, plan.header, settings.who());
    pipeline
        .apply(
            "Batches",
            Create.of(source.tasks(plan.batches)).withCoder(SerializableCoder.of(BatchTask.class)))
        .apply("Spread batches", Reshuffle.viaRandomKey())
        .apply("Store batches", ParDo.of(storeBatches));
  }

  private IngestResult result(Plan plan, RawData rawData, long start) {
    List<LedgerEntry> stored = stored(plan, rawData);
    long rows = rows(stored);
    if (rows != plan.newRows()) {
      throw new PipelineException(
          source.name()
              + ": "
              + rows
              + " new rows in the ledger (expected: "
              + plan.newRows()
              + ")");
    }
    return new IngestResult(
        source.name(),
        plan.rows,
        stored.stream().mapToLong(LedgerEntry::accepted).sum(),
        stored.stream().mapToLong(LedgerEntry::duplicates).sum(),
        stored.stream().mapToLong(LedgerEntry::rejected).sum(),
        plan.rows - rows,
        stored.size(),
        (System.nanoTime() - start) / 1e9);
  }

  /** What of the plan is in the ledger by now. */
  private List<LedgerEntry> stored(Plan plan, RawData rawData) {
    Set<Integer> numbers =
        plan.batches.stream().map(IngestBatch::number).collect(Collectors.toSet());
    return rawData.batches(source.name()).stream()
        .filter(entry -> numbers.contains(entry.batch().number()))
        .toList();
  }

  private static long rows(List<LedgerEntry> entries) {
    return entries.stream().mapToLong(entry -> entry.batch().rows()).sum();
  }
}
