package dev.alta.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** The database cannot be reached, refuses, or holds something else than expected. */
public final class DatabaseException extends RuntimeException {
  // "Data exception": a value that no column of its type can hold.
  private static final String DATA = "22";

  public DatabaseException(String message) {
    super(message);
  }

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }

  static DatabaseException of(String doing, SQLException failed) {
    // The pool tells how long it has tried; what the server said, or that there is none, lies
    // below.
    Throwable why =
        failed instanceof SQLTransientConnectionException && failed.getCause() != null
            ? failed.getCause()
            : failed;
    return new DatabaseException(doing + ": " + firstLine(why.getMessage()), failed);
  }

  /** What the server said, where it was asked; else the first line of what Flyway says. */
  static DatabaseException of(String doing, FlywayException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException said) {
        return of(doing, said);
      }
    }
    return new DatabaseException(doing + ": " + firstLine(failed.getMessage()), failed);
  }

  /** Whether it is the data that are refused: trying again would not help. */
  public boolean refusesData() {
    return getCause() instanceof SQLException failed
        && failed.getSQLState() != null
        && failed.getSQLState().startsWith(DATA);
  }

  /** The lines after the first may quote rows. */
  private static String firstLine(@Nullable String message) {
    return message == null ? "no message" : message.lines().findFirst().orElse("no message");
  }
}
