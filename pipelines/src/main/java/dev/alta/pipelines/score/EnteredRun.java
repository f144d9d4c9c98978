package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.RawData;
import dev.alta.database.RunCounts;
import dev.alta.database.Runs;
import dev.alta.pipelines.PipelineException;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The run as {@code pipeline_run} has it, for the steps. Files can be scored without any database;
 * then nobody keeps the run.
 *
 * @param database has the table
 * @param number of the run in it
 */
record EnteredRun(@Nullable DatabaseSettings database, long number) implements Serializable {
  static final EnteredRun NOWHERE = new EnteredRun(null, 0);

  /** Attaches a worker; to be closed. */
  Entry attach(Contract contract) {
    return new Entry(Optional.ofNullable(database).map(d -> Database.attach(d, contract)), number);
  }

  /** Does a step that ends the run if it fails for good, also where nobody waits for the job. */
  void failsWith(Contract contract, Runnable step) {
    try {
      step.run();
    } catch (PipelineException failed) {
      try (Entry entry = attach(contract)) {
        entry.failed(String.valueOf(failed.getMessage()));
      }
      throw failed;
    }
  }

  /** As one worker writes it; what is to be written nowhere is not. */
  static final class Entry implements AutoCloseable {
    private final Optional<Database> database;
    private final long number;

    private Entry(Optional<Database> database, long number) {
      this.database = database;
      this.number = number;
    }

    void add(RunCounts done) {
      runs().ifPresent(runs -> runs.add(number, done));
    }

    void done(RunCounts all) {
      runs().ifPresent(runs -> runs.done(number, all));
    }

    void failed(String reason) {
      runs().ifPresent(runs -> runs.failed(number, reason));
    }

    /** What is stored, to be looked up there; empty where there is no database. */
    Optional<RawData> rawData() {
      return database.map(Database::rawData);
    }

    private Optional<Runs> runs() {
      return database.map(Database::runs);
    }

    @Override
    public void close() {
      database.ifPresent(Database::close);
    }
  }
}
