package dev.alta.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a PostgreSQL server: made once, and never left with two servers on them. */
final class DataDirectory {
  private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
  private static final Duration MAKE = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(6);

  private final PostgresPrograms programs;
  private final Path directory;
  private final Path path;

  DataDirectory(PostgresPrograms programs, Path directory) {
    this.programs = programs;
    this.directory = directory;
    this.path = directory.resolve("data");
  }

  Path path() {
    return path;
  }

  /** Stops the server of a process that was killed, after making sure that it is one. */
  void stopWhatWasLeftBehind() throws IOException {
    Path pidFile = path.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    log.info("{} has a pid file: stopping the server that was left behind, if it runs", path);
    stop();
    // Left by a crash: PostgreSQL would refuse to start if its number now belongs to another
    // process.
    Files.deleteIfExists(pidFile);
  }

  /** Stops the server if it runs, by force if it must be. */
  void stop() throws IOException {
    Optional<Postmaster> running = Postmaster.find(path);
    if (running.isEmpty()) {
      return;
    }
    try {
      programs.run(
          "pg_ctl",
          STOP.plusSeconds(2),
          "stop",
          "--mode=fast",
          "--wait",
          "--timeout=" + STOP.toSeconds(),
          "--pgdata=" + path);
    } catch (IOException notInTime) {
      log.warn("PostgreSQL did not stop within {}: killing it", STOP);
      running.get().process().destroyForcibly();
    }
    if (!running.get().isGoneWithin(STOP)) {
      throw new IOException(
          "PostgreSQL, process " + running.get().process().pid() + ": still runs after a stop");
    }
  }

  /**
   * Makes the data directory where there is none, and gives the password. Half made ones are never
   * used.
   */
  String initialise(boolean durable) throws IOException {
    Path passwordFile = directory.resolve("password");
    if (Files.isDirectory(path)) {
      if (!Files.exists(passwordFile)) {
        throw new IOException(passwordFile + ": missing (expected: the password of " + path + ")");
      }
      return OwnerOnly.secret(passwordFile, 24);
    }
    String password = OwnerOnly.secret(passwordFile, 24);
    Path draft = directory.resolve("data.new");
    if (Files.exists(draft)) {
      PostgresBinaries.delete(draft);
    }
    log.info("making a database in {}", path);
    programs.run(
        "initdb",
        MAKE,
        "--pgdata=" + draft,
        "--username=" + PostgresServer.USER,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        // The usual 4,096 rounds of hashing make short passwords hard to guess. This one is random
        // and
        // long, and each connection would take the rounds again.
        "--set=scram_iterations=1",
        "--encoding=UTF8",
        durable ? "--sync-method=fsync" : "--no-sync",
        // Texts then sort the same on every machine.
        "--no-locale");
    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    return password;
  }
}
