package dev.alta.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All rows of all tables that are Alta's, copied out as they are at one moment, and brought back as
 * a whole. Left out is what a run that is under way has written and not published: it begins anew.
 */
public final class Copies {
  private static final int TRIES = 10;

  /** Works on a snapshot, as long as it is there. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Snapshot snapshot) throws IOException;
  }

  /** Where the rows come from. */
  @FunctionalInterface
  public interface Source {
    InputStream open(CopiedTable table) throws IOException;
  }

  private final Connections connections;
  private final ContractTables tables;

  Copies(Connections connections, ContractTables tables) {
    this.connections = connections;
    this.tables = tables;
  }

  /** The latest migration that was done. */
  public int migration() {
    return connections.inTransaction("reading the migrations", Database::migration);
  }

  /**
   * Takes a snapshot and works on it.
   *
   * @throws IOException what the work throws
   */
  public <T> T read(Work<T> work) throws IOException {
    try {
      for (int attempt = 1; attempt <= TRIES; attempt++) {
        List<String> names = connections.inTransaction("reading tables", AltaTables::all);
        Optional<T> done =
            connections.inTransaction("taking a snapshot", c -> read(c, names, work));
        if (done.isPresent()) {
          return done.get();
        }
      }
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    throw new DatabaseException(
        "snapshot: tables of scores come and go (expected: none meanwhile)");
  }

  private static <T> Optional<T> read(Connection connection, List<String> names, Work<T> work)
      throws SQLException {
    Optional<Snapshot> snapshot = Snapshot.take(connection, names);
    if (snapshot.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.on(snapshot.get()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Names a table that is not empty; empty where all are. */
  public Optional<String> occupied() {
    return connections.inTransaction("reading tables", Restoration::occupied);
  }

  /**
   * Brings back what a snapshot gave, in place of all that is there: all of it or nothing.
   *
   * @param copied the snapshot's tables, in its order
   * @param numbers as {@link Snapshot#numbers} gave them
   * @return rows in all
   * @throws DatabaseException if these are not the tables of an Alta, or do not fit together
   * @throws IOException if the source cannot be read
   */
  public long write(List<CopiedTable> copied, Map<String, Long> numbers, Source source)
      throws IOException {
    Restoration.requireNames(copied);
    try {
      return connections.inTransaction(
          "restoring the tables", connection -> write(connection, copied, numbers, source));
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private long write(
      Connection connection, List<CopiedTable> copied, Map<String, Long> numbers, Source source)
      throws SQLException {
    Restoration restoration = new Restoration(connection, tables);
    restoration.clear();
    long rows = 0;
    for (CopiedTable table : copied) {
      try (InputStream content = source.open(table)) {
        rows += restoration.fill(table, content);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    restoration.countOn(numbers);
    return rows;
  }
}
