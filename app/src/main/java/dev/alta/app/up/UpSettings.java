package dev.alta.app.up;

import dev.alta.core.life.Listen;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code alta up} is to do.
 *
 * @param home folder for data, logs and what the embedded parts keep
 * @param data encounters to ingest: a file, or the URL of an incremental source; empty: what is
 *     there, or synthetic ones where nothing is
 * @param syntheticRows how many synthetic encounters to make
 * @param seed of the synthetic encounters, the split and the training
 * @param database the database to use; empty: the embedded one
 * @param store the bucket to use; empty: the embedded one
 * @param http where the gateway listens
 * @param grpc where the scorer listens
 * @param metrics where the scorer's metrics are
 */
public record UpSettings(
    Path home,
    Optional<String> data,
    long syntheticRows,
    long seed,
    Optional<DatabaseSettings> database,
    Optional<StoreSettings> store,
    Listen http,
    Listen grpc,
    Listen metrics) {
  /** The log file. */
  Path log() {
    return home.resolve("logs").resolve("alta.log");
  }
}
