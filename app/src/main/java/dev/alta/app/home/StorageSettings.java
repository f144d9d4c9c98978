package dev.alta.app.home;

import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where data are kept.
 *
 * @param home folder for data, logs and what the embedded parts keep
 * @param database the database to use; empty: the home's embedded one
 * @param store the bucket to use; empty: the home's embedded one
 * @param logFormat how the log is written
 * @param logPlace where it is
 */
public record StorageSettings(
    Path home,
    Optional<DatabaseSettings> database,
    Optional<StoreSettings> store,
    LogFormat logFormat,
    LogPlace logPlace) {
  public StorageSettings {
    home = home.toAbsolutePath().normalize();
  }

  /** All of it in the folder. */
  public static StorageSettings in(Path home) {
    return new StorageSettings(
        home, Optional.empty(), Optional.empty(), LogFormat.TEXT, LogPlace.FILE);
  }

  /** The log file of a command. */
  public Path log(String command) {
    return home.resolve("logs").resolve(command + ".log");
  }

  /** Starts the log of a command. */
  public void openLog(String command) {
    if (logPlace == LogPlace.CONSOLE) {
      Log.toConsole(logFormat);
    } else {
      Log.toFile(log(command), logFormat);
    }
  }

  /** Where people find the log of a command. */
  public String whereLogged(String command) {
    return logPlace == LogPlace.CONSOLE ? "on the error stream" : log(command).toString();
  }
}
