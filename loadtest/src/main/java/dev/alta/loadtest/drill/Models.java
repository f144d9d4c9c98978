package dev.alta.loadtest.drill;

import dev.alta.loadtest.scorer.BenchModel;
import dev.alta.loadtest.scorer.BenchRows;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import java.time.Clock;
import java.util.Optional;

/** Models without a training: full random trees, another number of them in each version. */
final class Models {
  private static final int ROWS = 256;
  private static final int TREES = 100;

  private Models() {}

  /** Publishes so many versions; the first one is champion. */
  static void publish(StoreSettings bucket, int versions) {
    BenchRows rows = BenchRows.generate(ROWS);
    try (ObjectStore store = ObjectStore.open(bucket)) {
      Registry registry = new Registry(store, "readmission", Clock.systemUTC());
      for (int i = 0; i < versions; i++) {
        registry.publish(BenchModel.of(rows, Integer.toString(TREES + i)));
      }
      registry.setAlias("champion", 1, Optional.empty(), "loadtest/drill");
    }
  }
}
