package dev.alta.loadtest.scorer;

import dev.alta.core.life.Listen;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.scorer.Scorer;
import dev.alta.scorer.ScorerSettings;
import dev.alta.scorer.log.LogSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The scorer in a process of its own, as a user runs it: it validates, logs (unless told not to),
 * and is metered.
 */
final class ScorerUnderTest {
  private static final Logger GRPC = Logger.getLogger("io.grpc");
  static final String BUCKET = "models";
  static final String NO_LOG = "-";
  // Secrets are no arguments, which everybody on the machine may read.
  static final String STORE_KEY = "ALTA_BENCH_STORE_KEY";
  static final String DATABASE_PASSWORD = "ALTA_BENCH_DATABASE_PASSWORD";

  private ScorerUnderTest() {}

  public static void main(String[] arguments) throws Exception {
    // As in the product, where its log lets warnings through only.
    GRPC.setLevel(Level.WARNING);
    Map<String, String> environment = System.getenv();
    StoreSettings bucket =
        new StoreSettings(
            arguments[0], arguments[1], environment.getOrDefault(STORE_KEY, ""), BUCKET);
    DatabaseSettings url =
        new DatabaseSettings(
            arguments[2], arguments[3], environment.getOrDefault(DATABASE_PASSWORD, ""));
    try (Database database = Database.attach(url, BenchRows.CONTRACT);
        ObjectStore store = ObjectStore.open(bucket);
        Scorer scorer =
            Scorer.start(
                settings(arguments[4]),
                () -> new Registry(store, "readmission", Clock.systemUTC()),
                database.inferenceLog()::append,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
      Commands.serve(scorer.port());
    }
  }

  private static ScorerSettings settings(String spool) {
    ScorerSettings settings = ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0));
    return spool.equals(NO_LOG) ? settings : settings.withLog(LogSettings.in(Path.of(spool)));
  }
}
