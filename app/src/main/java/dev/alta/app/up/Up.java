package dev.alta.app.up;

import dev.alta.app.home.HomeLock;
import dev.alta.app.home.Parts;
import dev.alta.app.home.StopOnExit;
import dev.alta.app.home.Storage;
import dev.alta.app.model.Models;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Manifest;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;

/** All of Alta, running in this process. */
public final class Up implements AutoCloseable {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  private final Parts parts;
  private final Serving serving;

  private Up(UpSettings settings, Terminal terminal, Parts parts) throws Exception {
    this.parts = parts;
    HomeLock.requireFree(settings.home());
    Ports.requireFree("HTTP", settings.gateway().http());
    Ports.requireFree("gRPC", settings.scorer().grpc());
    Ports.requireFree("metrics", settings.scorer().metrics());
    settings
        .data()
        .ifPresent(data -> Ingest.requireReadable(data, settings.storage().store(), CONTRACT));
    parts.start(() -> HomeLock.take(settings.home()));
    settings.openLog();
    Storage storage =
        terminal.step(
            "database, bucket",
            p -> Storage.start(settings.storage(), parts),
            started -> started.database().url() + ", " + started.store());
    DatabaseSettings databaseSettings = storage.database();
    Database database = parts.start(() -> Database.open(databaseSettings, CONTRACT));
    Registry registry = Models.in(ObjectStore.open(storage.store()));
    new DataStep(CONTRACT, settings, storage, database, terminal).run();
    Manifest champion = new ModelStep(CONTRACT, settings, database, registry, terminal).run();
    Database looking = parts.start(() -> Database.look(databaseSettings, CONTRACT));
    this.serving =
        terminal.step(
            "scorer, gateway",
            p -> Serving.start(CONTRACT, settings, registry, database, looking, parts),
            Serving::words);
    terminal.line(Screen.of(CONTRACT, settings, storage, champion, serving, terminal.seconds()));
    LoggerFactory.getLogger(Up.class).info("Ready at {}", serving.url());
  }

  /**
   * Starts everything; on any failure what was started is stopped again.
   *
   * @throws dev.alta.core.life.CannotStartException and others whose message says in one line what
   *     was found and what was expected
   */
  static Up start(UpSettings settings, Terminal terminal) throws Exception {
    Parts parts = new Parts();
    try {
      return new Up(settings, terminal, parts);
    } catch (Exception | Error failed) {
      parts.close();
      throw failed;
    }
  }

  /**
   * Starts everything and serves until the process is told to stop.
   *
   * @param interactive whether progress can be drawn as a bar
   * @return 0
   */
  public static int run(UpSettings settings, PrintWriter out, boolean interactive)
      throws Exception {
    Terminal terminal = new Terminal(out, interactive, System::nanoTime);
    Parts parts = new Parts();
    StopOnExit stop =
        StopOnExit.of(parts, () -> terminal.line("Stopping …"), () -> terminal.line("Stopped."));
    try {
      new Up(settings, terminal, parts);
    } catch (Exception | Error failed) {
      if (parts.isClosed()) {
        // Told to stop while starting: what fails then is a consequence, not news.
        stop.awaitStopped();
        return 0;
      }
      stop.close();
      parts.close();
      throw failed;
    }
    stop.awaitStopped();
    return 0;
  }

  /** Where the parts listen and what they answer with. */
  Serving serving() {
    return serving;
  }

  @Override
  public void close() {
    parts.close();
  }
}
