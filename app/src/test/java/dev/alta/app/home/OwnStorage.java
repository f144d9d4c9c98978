package dev.alta.app.home;

import dev.alta.app.Main;
import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A database and a bucket that no home brings, and {@code alta} as a process that uses them. */
public record OwnStorage(DatabaseSettings database, StoreSettings store) {
  /** Starts both in a folder; they stop with the other parts. */
  public static OwnStorage start(Parts parts, Path folder) throws IOException {
    PostgresServer postgres =
        parts.start(
            () ->
                PostgresServer.start(PostgresSettings.in(folder.resolve("postgres")).notDurable()));
    S3Endpoint endpoint = parts.start(() -> S3Endpoint.start(folder.resolve("store")));
    return new OwnStorage(
        new DatabaseSettings(postgres.url(), postgres.user(), postgres.password()),
        new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "alta"));
  }

  /** What is not said by arguments. */
  public Map<String, String> secrets() {
    return Map.of(
        "ALTA_DATABASE_PASSWORD", database.password(),
        "ALTA_STORE_SECRET_KEY", store.secretKey());
  }

  /** A command that works on them. */
  public ProcessBuilder alta(Path home, String... command) {
    List<String> line = new ArrayList<>(Arrays.asList(command));
    line.addAll(
        List.of(
            "--home=" + home,
            "--database-url=" + database.url(),
            "--database-user=" + database.user(),
            "--store-url=" + store.url(),
            "--store-access-key=" + store.accessKey(),
            "--store-bucket=" + store.bucket()));
    ProcessBuilder process = process(line);
    process.environment().putAll(secrets());
    return process;
  }

  /** Any command of {@code alta}, with the classes of this test. */
  public static ProcessBuilder process(List<String> command) {
    return process(Main.class, command);
  }

  /** A program of the classes of this test. */
  static ProcessBuilder process(Class<?> main, List<String> arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-D"
                    + PostgresSettings.BINARIES
                    + "="
                    + PostgresSettings.in(Path.of("target", "postgres")).binaries(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    line.addAll(arguments);
    return new ProcessBuilder(line);
  }
}
