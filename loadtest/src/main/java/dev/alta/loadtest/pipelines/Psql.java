package dev.alta.loadtest.pipelines;

import dev.alta.database.DatabaseSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The reference: PostgreSQL's own client. */
final class Psql {
  private final DatabaseSettings database;

  Psql(DatabaseSettings database) {
    this.database = database;
  }

  /**
   * Runs commands one after the other in one client.
   *
   * @return what it printed: unaligned, without headings
   */
  String run(String... commands) throws IOException, InterruptedException {
    PGSimpleDataSource address = new PGSimpleDataSource();
    address.setUrl(database.url());
    List<String> words =
        new java.util.ArrayList<>(List.of("psql", "-XqAt", "-v", "ON_ERROR_STOP=1"));
    words.addAll(List.of("-h", address.getServerNames()[0]));
    words.addAll(List.of("-p", Integer.toString(address.getPortNumbers()[0])));
    words.addAll(List.of("-U", database.user(), "-d", String.valueOf(address.getDatabaseName())));
    for (String command : commands) {
      words.addAll(List.of("-c", command));
    }
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", database.password());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("psql: " + output);
    }
    return output.strip();
  }

  /** How long the commands take, in seconds. */
  double seconds(String... commands) throws IOException, InterruptedException {
    long start = System.nanoTime();
    run(commands);
    return (System.nanoTime() - start) / 1e9;
  }
}
