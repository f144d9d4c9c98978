package dev.alta.pipelines.prepare;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** A step that works on the database. */
abstract class DatabaseFn<I, O> extends DoFn<I, O> {
  private final DatabaseSettings settings;
  private final Contract contract;
  private transient @Nullable Database database;

  DatabaseFn(DatabaseSettings settings, Contract contract) {
    this.settings = settings;
    this.contract = contract;
  }

  @Setup
  public void open() {
    database = Database.attach(settings, contract);
  }

  @Teardown
  public void close() {
    if (database != null) {
      database.close();
    }
  }

  Contract contract() {
    return contract;
  }

  Database database() {
    if (database == null) {
      throw new IllegalStateException("not set up");
    }
    return database;
  }
}
