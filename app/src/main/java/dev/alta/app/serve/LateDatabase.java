package dev.alta.app.serve;

import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.SpooledPrediction;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A database that is opened when it is first needed: a scorer starts also while it is away. */
final class LateDatabase implements AutoCloseable {
  private final Supplier<DatabaseSettings> settings;
  private final Contract contract;
  private @Nullable Database opened;

  /**
   * Opens nothing yet.
   *
   * @param settings asked when it is first needed, and may take as long as a database to start
   */
  LateDatabase(Supplier<DatabaseSettings> settings, Contract contract) {
    this.settings = settings;
    this.contract = contract;
  }

  long append(UUID spool, List<SpooledPrediction> predictions) {
    return database().inferenceLog().append(spool, predictions);
  }

  private synchronized Database database() {
    Database database = opened;
    if (database == null) {
      database = Database.open(settings.get(), contract);
      opened = database;
    }
    return database;
  }

  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
