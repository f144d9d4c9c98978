package dev.alta.app.up;

import dev.alta.app.home.StorageSettings;
import dev.alta.gateway.GatewaySettings;
import dev.alta.scorer.ScorerSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code alta up} is to do.
 *
 * @param storage the home, and the database and the bucket to use
 * @param data encounters to ingest: a file, or the URL of an incremental source; empty: what is
 *     there, or synthetic ones where nothing is
 * @param maxRejects share of the new rows that may be rejected, 0 to 1
 * @param syntheticRows how many synthetic encounters to make
 * @param seed of the synthetic encounters, the split and the training
 * @param gateway how the gateway serves
 * @param scorer how the scorer serves, except for its log
 */
public record UpSettings(
    StorageSettings storage,
    Optional<String> data,
    double maxRejects,
    long syntheticRows,
    long seed,
    GatewaySettings gateway,
    ScorerSettings scorer) {
  private static final String LOG = "alta";

  public UpSettings {
    if (!(maxRejects >= 0 && maxRejects <= 1)) {
      throw new IllegalArgumentException("maxRejects: " + maxRejects + " (expected: 0 to 1)");
    }
  }

  Path home() {
    return storage.home();
  }

  /** Starts the log. */
  void openLog() {
    storage.openLog(LOG);
  }

  /** Where it is. */
  String whereLogged() {
    return storage.whereLogged(LOG);
  }
}
