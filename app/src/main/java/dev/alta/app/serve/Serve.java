package dev.alta.app.serve;

import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.model.Models;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.core.life.CannotStartException;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Encounter;
import dev.alta.scorer.Scorer;
import dev.alta.scorer.ScorerSettings;
import dev.alta.scorer.log.LogSettings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

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
    // Beside the scorer's own start.
    CompletableFuture<StoreSettings> store = CompletableFuture.supplyAsync(storage::storeAlone);
    Scorer scorer = start(settings, storage, store, parts);
    terminal.line(
        "Scorer on port %d, metrics on port %d; logs predictions: %s. Stop it with Ctrl-C."
            .formatted(
                scorer.port(), scorer.metricsPort(), settings.log().isPresent() ? "yes" : "no"));
    require(storage, settings.log().isPresent());
    stopped.await();
    return 0;
  }

  /**
   * Makes sure that there is what the scorer needs. It listens by now, and may answer: predictions
   * wait for the database in the spool.
   *
   * @throws CannotStartException in one line, if it cannot be had
   */
  private static void require(Storage storage, boolean database) {
    StoreSettings unused = storage.storeAlone();
    if (database) {
      DatabaseSettings unusedToo = storage.database();
    }
  }

  private static Scorer start(
      ScorerSettings settings,
      Storage storage,
      CompletableFuture<StoreSettings> store,
      Parts parts) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Supplier<Registry> registry = () -> Models.in(ObjectStore.open(store.join()));
    if (settings.log().isEmpty()) {
      return parts.start(() -> Scorer.start(settings, registry, null, metrics));
    }
    LateDatabase late = parts.start(() -> new LateDatabase(storage::database, CONTRACT));
    return parts.start(() -> Scorer.start(settings, registry, late::append, metrics));
  }
}
