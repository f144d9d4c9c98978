package dev.alta.app.serve;

import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.model.Models;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Encounter;
import dev.alta.scorer.Scorer;
import dev.alta.scorer.ScorerSettings;
import dev.alta.scorer.log.LogSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CountDownLatch;

/** Runs a scorer until the process is told to stop. */
public final class Serve {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  private Serve() {}

  /**
   * Starts it, and comes back once it is stopped. The bucket and the database may come later.
   *
   * @param parts gets what is started, and stops it
   * @return 0
   */
  public static int run(ScorerSettings settings, Storage storage, Parts parts, Terminal terminal)
      throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    parts.start(() -> stopped::countDown);
    settings
        .log()
        .filter(LogSettings::insisting)
        .ifPresent(log -> parts.lengthenStop(log.longestClose()));
    Scorer scorer = start(settings, storage, storage.storeAlone(), parts);
    terminal.line(
        "Scorer on port %d, metrics on port %d; logs predictions: %s. Stop it with Ctrl-C."
            .formatted(
                scorer.port(), scorer.metricsPort(), settings.log().isPresent() ? "yes" : "no"));
    if (settings.log().isPresent()) {
      // While the model is loaded, which needs none; predictions wait for it in the spool.
      DatabaseSettings unused = storage.database();
    }
    stopped.await();
    return 0;
  }

  private static Scorer start(
      ScorerSettings settings, Storage storage, StoreSettings store, Parts parts) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    if (settings.log().isEmpty()) {
      return parts.start(
          () -> Scorer.start(settings, () -> Models.in(ObjectStore.open(store)), null, metrics));
    }
    LateDatabase late = parts.start(() -> new LateDatabase(storage::database, CONTRACT));
    return parts.start(
        () ->
            Scorer.start(
                settings, () -> Models.in(ObjectStore.open(store)), late::append, metrics));
  }
}
