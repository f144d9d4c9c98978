package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import dev.alta.loadtest.storage.Storage;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A home in which commands of {@code ./alta} are run as processes: with the embedded database and
 * bucket of the home, or on a {@link Storage}. Nothing that it has started outlives it or this
 * process.
 */
public final class AltaHome implements AutoCloseable {
  /** Of the embedded bucket. */
  static final String BUCKET = "alta";

  private static final Path ALTA = Path.of("alta").toAbsolutePath();

  private final Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<AltaProcess> started = new ArrayList<>();
  private final Thread hook = new Thread(this::endAll, "end-alta");
  private boolean ended;

  private AltaHome(Path folder, Optional<Storage> storage) throws IOException {
    this.folder = Files.createDirectories(folder);
    storage.ifPresent(this::use);
    // What counts here is how soon it starts.
    String options = "-XX:TieredStopAtLevel=1";
    String binaries = System.getProperty(PostgresSettings.BINARIES);
    with(
        "ALTA_JAVA_OPTS",
        binaries == null ? options : options + " -D" + PostgresSettings.BINARIES + "=" + binaries);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** With an embedded database and bucket, which are started by the commands. */
  public static AltaHome embedded(Path folder) throws IOException {
    return new AltaHome(folder, Optional.empty());
  }

  /** On a database and a bucket that are elsewhere. */
  static AltaHome on(Storage storage, Path folder) throws IOException {
    return new AltaHome(folder, Optional.of(storage));
  }

  private void use(Storage storage) {
    DatabaseSettings database = storage.database();
    StoreSettings bucket = storage.bucket();
    with("ALTA_DATABASE_URL", database.url());
    with("ALTA_DATABASE_USER", database.user());
    with("ALTA_DATABASE_PASSWORD", database.password());
    with("ALTA_STORE_URL", bucket.url());
    with("ALTA_STORE_ACCESS_KEY", bucket.accessKey());
    with("ALTA_STORE_SECRET_KEY", bucket.secretKey());
    with("ALTA_STORE_BUCKET", bucket.bucket());
  }

  /** Sets an environment name, such as {@code ALTA_STORE_URL}, for all that is started later. */
  AltaHome with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Of the home. */
  public Path folder() {
    return folder;
  }

  /** In which the objects of the embedded bucket are files of the same names. */
  Path objects() {
    return folder.resolve("objects").resolve(BUCKET);
  }

  /** Where the embedded database is, whether it runs or not. */
  public Path postgres() {
    return folder.resolve("postgres");
  }

  /** The embedded database of a process that works, once others may use it. */
  public Optional<DatabaseSettings> running(AltaProcess process) throws IOException {
    return offer()
        .filter(offer -> offer.getProperty("pid", "").equals(Long.toString(process.pid())))
        .map(AltaHome::database);
  }

  /**
   * The same of a process that may just be starting it.
   *
   * @throws IOException if the process ends before
   */
  public DatabaseSettings awaitRunning(AltaProcess process)
      throws IOException, InterruptedException {
    Optional<DatabaseSettings> found = running(process);
    while (found.isEmpty()) {
      if (!process.isAlive()) {
        throw new IOException(
            process + " ended (expected: that it offers its database): " + process.said());
      }
      process.waitAtMost(10);
      found = running(process);
    }
    return found.get();
  }

  /** The embedded database of a process that was killed: it may still run. */
  Optional<DatabaseSettings> leftBehind() throws IOException {
    return offer().map(AltaHome::database);
  }

  private Optional<Properties> offer() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("running"))) {
      properties.load(reader);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    return Optional.of(properties).filter(offer -> offer.containsKey("database-password"));
  }

  private static DatabaseSettings database(Properties offer) {
    return new DatabaseSettings(
        offer.getProperty("database-url"),
        offer.getProperty("database-user"),
        offer.getProperty("database-password"));
  }

  /** Starts a command, and does not wait for anything. */
  public synchronized AltaProcess start(String... arguments) throws IOException {
    if (ended) {
      throw new IOException(folder + " is closed (expected: a home in use)");
    }
    Path output = folder.resolve("said-" + started.size() + "-" + arguments[0] + ".txt");
    List<String> command = new ArrayList<>(List.of(ALTA.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ALTA_"));
    builder.environment().put("ALTA_HOME", folder.toString());
    builder.environment().putAll(environment);
    AltaProcess process = new AltaProcess(builder.start(), List.of(arguments), output);
    started.add(process);
    return process;
  }

  /** The command that makes a version champion, whatever the promotion rule says of it. */
  public static String[] promote(String version) {
    return new String[] {"models", "promote", version, "--force", "--reason", "loadtest"};
  }

  /**
   * Runs a command to its end, which must be a good one.
   *
   * @return what it said
   */
  public String run(String... arguments) throws IOException, InterruptedException {
    try (AltaProcess process = start(arguments)) {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            process + ": exit code " + code + " (expected: 0); it said:\n" + process.said());
      }
      return process.said();
    }
  }

  /**
   * Runs a command that checks something, such as {@code fsck}, and tells what it found.
   *
   * @return its exit code: 0 where all is as it should be
   */
  int check(Drilled drilled, String... command) throws IOException, InterruptedException {
    try (AltaProcess check = start(command)) {
      int code = check.waitFor();
      if (code != 0) {
        drilled.say("%s: %s", check, check.said());
      }
      return code;
    }
  }

  /** Kills what still runs, and stops a database that was left behind. */
  @Override
  public void close() {
    endAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook does the same.
    }
  }

  private synchronized void endAll() {
    if (ended) {
      return;
    }
    ended = true;
    started.forEach(AltaProcess::close);
    if (Files.isDirectory(postgres())) {
      try {
        // A server on a folder whose process was killed is stopped by the next one.
        PostgresServer.start(PostgresSettings.in(postgres())).close();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
