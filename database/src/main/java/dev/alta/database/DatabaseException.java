package dev.alta.database;

import java.sql.SQLException;
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
