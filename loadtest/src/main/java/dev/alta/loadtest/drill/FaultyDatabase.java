package dev.alta.loadtest.drill;

import dev.alta.loadtest.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Lets faults befall the database of a storage, and mends them. */
final class FaultyDatabase implements AutoCloseable {
  private static final String TOO_MANY = "53300";
  private static final int BLOCK = 1 << 16;

  private final Storage storage;
  private final Path ballast;
  private final List<Connection> taken = new ArrayList<>();

  /**
   * Does nothing yet.
   *
   * @param disk the file system that the database is on
   */
  FaultyDatabase(Storage storage, Path disk) {
    this.storage = storage;
    this.ballast = disk.resolve("ballast");
  }

  /** From now on. */
  void befall(DatabaseFault fault) throws Exception {
    switch (fault) {
      case RESTARTED -> storage.stopDatabase();
      case KILLED -> signal("KILL");
      case PAUSED -> signal("STOP");
      case READ_ONLY -> settings("ALTER SYSTEM SET default_transaction_read_only = on");
      case NO_CONNECTIONS -> takeConnections();
      case DISK_FULL -> fill();
    }
  }

  /** As before; comes back once it answers. */
  void mend(DatabaseFault fault) throws Exception {
    switch (fault) {
      case RESTARTED, KILLED -> storage.startDatabaseAgain();
      case PAUSED -> signal("CONT");
      case READ_ONLY -> settings("ALTER SYSTEM RESET default_transaction_read_only");
      case NO_CONNECTIONS -> giveConnectionsBack();
      case DISK_FULL -> Files.delete(ballast);
    }
    while (!answers()) {
      if (storage.postgres().pid().isEmpty()) {
        storage.startDatabaseAgain(); // it ends itself where its log finds no room
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean answers() {
    try {
      storage.connect().close();
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }

  private void signal(String name) throws IOException {
    long server = storage.postgres().pid().orElseThrow();
    // The server first, so that it makes no more of them.
    List<ProcessHandle> all =
        Stream.concat(
                ProcessHandle.of(server).stream(),
                ProcessHandle.of(server).stream().flatMap(ProcessHandle::descendants))
            .toList();
    for (ProcessHandle process : all) {
      try {
        Signals.send(name, process.pid());
      } catch (IOException gone) {
        if (process.isAlive()) {
          throw gone;
        }
      }
    }
    if (name.equals("KILL")) {
      all.forEach(process -> process.onExit().join());
    }
  }

  private void settings(String sql) throws SQLException {
    try (Connection connection = storage.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private void takeConnections() throws SQLException {
    Connection first = storage.connect();
    taken.add(first);
    while (true) {
      try (Statement statement = first.createStatement()) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'alta'");
      }
      try {
        while (true) {
          taken.add(storage.connect());
        }
      } catch (SQLException refused) {
        if (!TOO_MANY.equals(refused.getSQLState())) {
          throw refused;
        }
      }
      if (othersConnected(first) == 0) {
        return;
      }
    }
  }

  private static long othersConnected(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'alta'")) {
      result.next();
      return result.getLong(1);
    }
  }

  private void giveConnectionsBack() throws SQLException {
    for (Connection connection : taken) {
      connection.close();
    }
    taken.clear();
  }

  /** The last byte, too: the server's own files have room within them. */
  private void fill() throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      for (byte[] block = new byte[BLOCK]; ; ) {
        out.write(block);
      }
    } catch (IOException full) {
      if (!String.valueOf(full.getMessage()).contains("No space left")) {
        throw full;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    giveConnectionsBack();
  }
}
