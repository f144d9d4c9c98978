package dev.alta.app.command;

import dev.alta.app.home.Parts;
import dev.alta.app.home.StopOnExit;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A command at work: with its log in the home, a database and a bucket to ask for, and everything
 * stopped in the end, also by Ctrl-C.
 */
final class Session {
  /** What the command does; gives its exit code. */
  @FunctionalInterface
  interface Work {
    int run(Storage storage, Parts parts, Terminal terminal) throws Exception;
  }

  /** The same with an open database. */
  @FunctionalInterface
  interface DatabaseWork {
    int run(Database database, Storage storage, Parts parts, Terminal terminal) throws Exception;
  }

  private final CommandSpec spec;
  private final StorageSettings settings;
  private final boolean json;

  /**
   * For one run of a command.
   *
   * @param json whether the result is JSON: what people see of the work then goes to the error
   *     stream
   */
  Session(CommandSpec spec, StorageSettings settings, boolean json) {
    this.spec = spec;
    this.settings = settings;
    this.json = json;
  }

  /**
   * Does work on data that must be there.
   *
   * @throws dev.alta.core.life.CannotStartException if there is no database; then nothing was made
   */
  int onData(Work work) throws Exception {
    Storage.requireDatabase(settings);
    return run(work);
  }

  /**
   * Does work on the database of a contract, which must be there.
   *
   * @throws dev.alta.core.life.CannotStartException if there is none; then nothing was made
   */
  int onDatabase(Contract contract, DatabaseWork work) throws Exception {
    return onData(opened(contract, work));
  }

  /** Does work on the database of a contract; it is made where there is none. */
  int inDatabase(Contract contract, DatabaseWork work) throws Exception {
    return run(opened(contract, work));
  }

  private static Work opened(Contract contract, DatabaseWork work) {
    return (storage, parts, terminal) -> {
      DatabaseSettings url = storage.database();
      Database database = parts.start(() -> Database.open(url, contract));
      return work.run(database, storage, parts, terminal);
    };
  }

  /**
   * Does work on models that must be there.
   *
   * @throws dev.alta.core.life.CannotStartException if there is no bucket; then nothing was made
   */
  int onModels(Work work) throws Exception {
    Storage.requireStore(settings);
    return run(work);
  }

  /** Does work; a database is made where there is none and one is asked for. */
  int run(Work work) throws Exception {
    settings.openLog(spec.qualifiedName("-"));
    Parts parts = new Parts();
    StopOnExit stop = StopOnExit.of(parts, () -> {}, () -> {});
    Storage storage = Storage.reach(settings, parts);
    int code;
    try {
      code = work.run(storage, parts, terminal());
      awaitGuests(storage);
    } catch (Exception | Error failed) {
      if (parts.isClosed()) {
        // Told to stop: what fails then is a consequence, not news.
        LoggerFactory.getLogger(Session.class).info("Stopped", failed);
        stop.awaitStopped();
        return 1;
      }
      // What went wrong here is no reason to take the database from under another command.
      try {
        awaitGuests(storage);
      } catch (RuntimeException unheard) {
        failed.addSuppressed(unheard);
      }
      stop.close();
      parts.close();
      throw failed;
    }
    stop.close();
    parts.close();
    return code;
  }

  private void awaitGuests(Storage storage) {
    storage.awaitGuests(
        () -> err().println("Waiting for another command that uses the same database."));
  }

  /** Whether progress can be drawn as a bar. */
  static boolean isInteractive() {
    // Said by the start script, which can tell; a JVM cannot tell on all versions.
    return Boolean.getBoolean("alta.terminal");
  }

  private Terminal terminal() {
    return json
        ? new Terminal(err(), false, System::nanoTime)
        : new Terminal(spec.commandLine().getOut(), isInteractive(), System::nanoTime);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
