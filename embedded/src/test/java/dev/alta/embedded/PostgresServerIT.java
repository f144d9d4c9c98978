package dev.alta.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresServerIT {
  @TempDir Path home;

  @Test
  void keepsWhatWasCommittedOverARestart() throws Exception {
    PostgresSettings settings = settings().notDurable();
    long first;
    try (PostgresServer server = PostgresServer.start(settings)) {
      first = server.pid().orElseThrow();
      execute(server, "CREATE TABLE t AS SELECT 42 AS answer");
    }
    assertThat(ProcessHandle.of(first)).isEmpty();
    try (PostgresServer server = PostgresServer.start(settings)) {
      assertThat(query(server, "SELECT answer FROM t")).isEqualTo("42");
    }
  }

  @Test
  void isDurableUnlessToldOtherwise() throws Exception {
    try (PostgresServer server = PostgresServer.start(settings())) {
      assertThat(query(server, "SHOW fsync")).isEqualTo("on");
      assertThat(query(server, "SHOW synchronous_commit")).isEqualTo("on");
      assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void refusesAWrongPasswordAndHidesTheRightOne() throws Exception {
    try (PostgresServer server = PostgresServer.start(settings().notDurable())) {
      assertThatThrownBy(() -> connect(server.url(), server.user(), "guess").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      // One round of hashing: the password is random and long, and connections are many.
      assertThat(query(server, "SELECT rolpassword FROM pg_authid WHERE rolname = current_user"))
          .startsWith("SCRAM-SHA-256$1:");
      Path file = home.resolve("postgres/password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void stopsAServerThatAKilledProcessLeftBehind() throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartsPostgres.class.getName(),
                settings().directory().toString(),
                settings().binaries().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long orphan;
    try (BufferedReader output = starter.inputReader()) {
      orphan =
          output
              .lines()
              .filter(l -> l.matches("[0-9]+"))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow();
      starter.destroyForcibly().waitFor();
    }
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (PostgresServer server = PostgresServer.start(settings())) {
      assertThat(ProcessHandle.of(orphan)).isEmpty();
      assertThat(query(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void leavesAnotherProcessAloneThatNowHasTheNumberInThePidFile() throws Exception {
    try (PostgresServer server = PostgresServer.start(settings().notDurable())) {
      execute(server, "CREATE TABLE t AS SELECT 42 AS answer");
    }
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      Path data = settings().directory().resolve("data");
      Files.writeString(data.resolve("postmaster.pid"), other.pid() + "\n" + data + "\n");
      try (PostgresServer server = PostgresServer.start(settings().notDurable())) {
        assertThat(query(server, "SELECT answer FROM t")).isEqualTo("42");
      }
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void refusesAFolderInUseAndAPortTaken() throws Exception {
    try (PostgresServer server = PostgresServer.start(settings().notDurable())) {
      assertThatThrownBy(() -> PostgresServer.start(settings()).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use by another process");
      assertThat(query(server, "SELECT 1")).isEqualTo("1");
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> PostgresServer.start(settings().onPort(taken.getLocalPort())).close())
          .isInstanceOf(IOException.class)
          .hasMessage(
              "port %d for PostgreSQL: taken (expected: a free port)", taken.getLocalPort());
    }
  }

  private PostgresSettings settings() {
    return PostgresSettings.in(home.resolve("postgres"));
  }

  private static Connection connect(String url, String user, String password) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source.getConnection(user, password);
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = connect(server.url(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = connect(server.url(), server.user(), server.password());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
