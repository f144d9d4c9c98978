package dev.alta.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database cannot be reached, refuses, or holds something else than expected. */
public final class DatabaseException extends RuntimeException {
  public DatabaseException(String message) {
    super(message);
  }

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }

  static DatabaseException of(String doing, SQLException failed) {
    return new DatabaseException(doing + ": " + firstLine(failed.getMessage()), failed);
  }

  /** The lines after the first may quote rows. */
  private static String firstLine(@Nullable String message) {
    return message == null ? "no message" : message.lines().findFirst().orElse("no message");
  }
}
