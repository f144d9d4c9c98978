package dev.alta.loadtest.soak;

import dev.alta.database.DatabaseSettings;
import dev.alta.loadtest.drill.AltaHome;
import dev.alta.loadtest.drill.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The embedded database of a home in use, as its owner restarts and reads it. */
final class HomeDatabase {
  private final AltaHome home;
  private final DatabaseSettings settings;

  HomeDatabase(AltaHome home, DatabaseSettings settings) {
    this.home = home;
    this.settings = settings;
  }

  /** Cuts all connections, stops it, and starts it again on the same port; waits until it is up. */
  void restart() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name", "").equals("root")) {
      command.addAll(List.of("unshare", "--user")); // PostgreSQL refuses to run as root
    }
    command.addAll(
        List.of(
            program().toString(),
            "restart",
            "--wait",
            "--mode=fast",
            "--pgdata=" + home.postgres().resolve("data"),
            "--log=" + home.postgres().resolve("postgres.log")));
    Processes.run(home.folder().resolve("pg_ctl.txt"), command);
  }

  private Path program() throws IOException {
    try (Stream<Path> versions = Files.list(home.folder().resolve("postgres-binaries"))) {
      return versions
          .map(version -> version.resolve("bin").resolve("pg_ctl"))
          .filter(Files::isExecutable)
          .findFirst()
          .orElseThrow(
              () -> new IOException(home.folder() + ": no pg_ctl (expected: a database's)"));
    }
  }

  /** Rows of inference_log. */
  long predictions() throws SQLException {
    try (Sql sql = new Sql(settings)) {
      return sql.number("SELECT count(*) FROM inference_log");
    }
  }
}
