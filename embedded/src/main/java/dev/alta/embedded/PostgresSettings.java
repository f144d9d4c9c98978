package dev.alta.embedded;

import java.nio.file.Path;

/**
 * How a PostgreSQL server is started.
 *
 * @param directory holds the data, the log and the password; made if it is not there
 * @param binaries where the server's programs are unpacked, once for each version; may be shared
 * @param port the port on 127.0.0.1, or 0 for a free one
 * @param durable whether a commit is on the disk when it returns; false only for tests
 */
public record PostgresSettings(Path directory, Path binaries, int port, boolean durable) {
  /** System property: a folder for the programs of all servers, such as those of many tests. */
  public static final String BINARIES = "alta.postgres.binaries";

  public PostgresSettings {
    directory = directory.toAbsolutePath().normalize();
    binaries = binaries.toAbsolutePath().normalize();
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
    }
  }

  /** A durable server in the folder, its programs beside it ({@link #BINARIES}), on a free port. */
  public static PostgresSettings in(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    String shared = System.getProperty(BINARIES);
    Path binaries = shared == null ? absolute.resolveSibling("postgres-binaries") : Path.of(shared);
    return new PostgresSettings(absolute, binaries, 0, true);
  }

  public PostgresSettings onPort(int newPort) {
    return new PostgresSettings(directory, binaries, newPort, durable);
  }

  public PostgresSettings withBinariesIn(Path folder) {
    return new PostgresSettings(directory, folder, port, durable);
  }

  /** Faster, and lost with the machine's power: for tests. */
  public PostgresSettings notDurable() {
    return new PostgresSettings(directory, binaries, port, false);
  }
}
