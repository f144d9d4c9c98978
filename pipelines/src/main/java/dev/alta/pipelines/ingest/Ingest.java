package dev.alta.pipelines.ingest;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.DatabaseException;
import dev.alta.database.LedgerEntry;
import dev.alta.database.RawData;
import dev.alta.database.RunOrder;
import dev.alta.database.RunStart;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.flink.RowProgress;
import dev.alta.pipelines.flink.RunEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a CSV file, or the new days of an incremental HTTP source, into {@code raw_data}: each of
 * its rows once, however often it is run and wherever it is killed.
 *
 * <p>First the source is gone through once: its batches are found and digested, and those that the
 * ledger knows are dropped. What then flows through the pipeline are descriptions of batches. Each
 * is read and checked, so that a source that does not keep to the contract fails before anything is
 * stored; then each is read, checked and stored: rows, rejects, ledger entry and watermark in one
 * transaction.
 *
 * <p>Where an incremental source fails at a day, the days before it are stored, then the run fails.
 */
public final class Ingest {
  private static final Logger log = LoggerFactory.getLogger(Ingest.class);

  private final IngestSettings settings;
  private final Contract contract;
  private final List<Source> sources;

  private Ingest(IngestSettings settings, Contract contract) {
    this.settings = settings;
    this.contract = contract;
    this.sources = Source.all(settings.data(), settings.source(), settings.store());
  }

  /**
   * Ingests the source.
   *
   * @throws PipelineException in one line: the source is not there, none of the contract, has too
   *     many rows to reject, changes while it is read, or was ingested before with another content
   * @throws DatabaseException in one line: the database cannot be reached
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
    Source.all(data, "", store).forEach(source -> source.requireReadable(contract));
  }

  private IngestResult run(Progress progress) {
    try (Database database = Database.open(settings.database(), contract)) {
      return RunEntry.during(
          database.runs(),
          new RunStart("ingest", settings.data(), settings.who(), settings.workflow()),
          settings.flink(),
          entry -> run(entry, database, progress));
    }
  }

  private IngestResult run(RunEntry entry, Database database, Progress progress) {
    long start = System.nanoTime();
    RawData rawData = database.rawData();
    List<SourcePlan> plans = new ArrayList<>();
    for (Source source : sources) {
      plans.add(SourcePlan.of(source, contract, settings.batchRows(), rawData));
    }
    long newRows = plans.stream().mapToLong(SourcePlan::newRows).sum();
    entry.total(newRows);
    log.info("ingest of {}: {} rows, {} new", settings.data(), rows(plans), newRows);
    RunOrder news = new RunOrder(plans.stream().map(SourcePlan::news).toList());
    if (plans.stream().anyMatch(SourcePlan::hasNew)) {
      RowProgress.during(
          () ->
              entry.job(
                  "ingest",
                  pipeline ->
                      new IngestSteps(settings, contract, plans, entry.run()).addTo(pipeline)),
          progress,
          newRows,
          // Batches that are taken back and stored again are counted twice for a moment.
          () -> Math.min(newRows, database.runs().rowsRead(entry.run())));
    } else {
      entry.nothingToDo("ingest");
    }
    requireWhole(plans, entry);
    IngestResult result = result(rows(plans), stored(news, rawData), start);
    log.info("{} {}", entry.wasWaitedFor() ? "ingested" : "submitted, so far:", result);
    return result;
  }

  /** A job says so itself in its last step; this is for where there was none. */
  private static void requireWhole(List<SourcePlan> plans, RunEntry entry) {
    for (SourcePlan plan : plans) {
      if (plan.stopped().isPresent()) {
        if (entry.wasWaitedFor()) {
          throw plan.stopped().get();
        }
        log.warn("the run will fail: {}", plan.stopped().get().getMessage());
      }
    }
  }

  private IngestResult result(long rows, List<LedgerEntry> stored, long start) {
    return new IngestResult(
        sources.size() == 1 ? sources.get(0).name() : settings.data(),
        rows,
        stored.stream().mapToLong(LedgerEntry::accepted).sum(),
        stored.stream().mapToLong(LedgerEntry::duplicates).sum(),
        stored.stream().mapToLong(LedgerEntry::rejected).sum(),
        rows - rowsOf(stored),
        stored.size(),
        (System.nanoTime() - start) / 1e9);
  }

  /** What of a run is in the ledger by now. */
  static List<LedgerEntry> stored(RunOrder run, RawData rawData) {
    return run.sources().stream()
        .flatMap(
            ofSource ->
                rawData.batches(ofSource.source()).stream()
                    .filter(entry -> ofSource.numbers().contains(entry.batch().number())))
        .toList();
  }

  private static long rows(List<SourcePlan> plans) {
    return plans.stream().mapToLong(SourcePlan::rows).sum();
  }

  static long rowsOf(List<LedgerEntry> entries) {
    return entries.stream().mapToLong(entry -> entry.batch().rows()).sum();
  }
}
