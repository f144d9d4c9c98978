package dev.alta.app.view;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseException;
import dev.alta.database.Generation;
import dev.alta.gateway.data.AwayException;
import dev.alta.gateway.data.DataAndRuns;
import dev.alta.gateway.data.RejectPlace;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreException;
import dev.alta.proto.v1.BatchSheet;
import dev.alta.proto.v1.DriftSheet;
import dev.alta.proto.v1.ProfileSheet;
import dev.alta.proto.v1.RejectSheet;
import dev.alta.proto.v1.RunSheet;
import dev.alta.proto.v1.SplitSheet;
import dev.alta.proto.v1.WorkflowSheet;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Data and runs as the database has them, beside the champion of the registry. */
public final class StoredDataAndRuns implements DataAndRuns {
  private final Contract contract;
  private final Database database;
  private final LatestDrift drift;

  /**
   * Reads what these have.
   *
   * @param database opened by {@link Database#look}; stays the caller's to close
   * @param registry where the champion is; called anew until it gives one
   * @param nanos such as {@link System#nanoTime}: how long what was read is good
   */
  public StoredDataAndRuns(
      Contract contract, Database database, Supplier<Registry> registry, LongSupplier nanos) {
    this.contract = contract;
    this.database = database;
    this.drift = new LatestDrift(contract, database, registry, nanos);
  }

  @Override
  public Optional<ProfileSheet> profile() {
    return reached(this::readProfile);
  }

  private Optional<ProfileSheet> readProfile() {
    Optional<Generation> latest = database.cleanData().latestGeneration();
    return latest.flatMap(
        generation ->
            database
                .cleanData()
                .profile(generation.number())
                .map(DatasetDocuments::profileOf)
                .map(profile -> ProfileSheets.of(contract, generation, profile)));
  }

  @Override
  public Optional<DriftSheet> drift() {
    return reached(drift::sheet);
  }

  @Override
  public BatchSheet batches(long before, int limit) {
    // One more than asked for says whether there are more.
    return reached(
        () ->
            LedgerSheets.batches(
                database.rawData().totals(),
                database.rawData().batchesBefore(before, limit + 1),
                limit));
  }

  @Override
  public RejectSheet rejects(RejectPlace before, int limit, boolean withText) {
    return reached(
        () ->
            LedgerSheets.rejects(
                database.rawData().totals(),
                database
                    .rawData()
                    .rejectCauses(LedgerSheets.ROWS_FOR_CAUSES, LedgerSheets.MOST_CAUSES),
                database.rawData().rejectsBefore(before.batch(), before.line(), limit + 1),
                limit,
                withText));
  }

  @Override
  public Optional<SplitSheet> split() {
    return reached(() -> database.cleanData().certificate().map(c -> SplitSheets.of(contract, c)));
  }

  @Override
  public RunSheet runs(long beforeWorkflow, long beforeRun, int limit) {
    return reached(
        () ->
            RunSheets.of(
                database.workflows().before(beforeWorkflow, limit + 1),
                database.runs().before(beforeRun, limit + 1),
                limit));
  }

  @Override
  public Optional<WorkflowSheet> workflow(long number) {
    return reached(
        () ->
            database
                .workflows()
                .find(number)
                .map(
                    found ->
                        RunSheets.of(
                            found,
                            database.runs().ofWorkflow(number, RunSheets.MOST_RUNS),
                            database.workflows().latestLog(number, RunSheets.MOST_LINES + 1))));
  }

  private static <T> T reached(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DatabaseException away) {
      throw new AwayException("the database", away);
    } catch (StoreException away) {
      throw new AwayException("the object store", away);
    }
  }
}
