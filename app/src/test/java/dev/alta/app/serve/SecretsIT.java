package dev.alta.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.command.Alta;
import dev.alta.app.command.SmallModel;
import dev.alta.app.home.OwnStorage;
import dev.alta.app.home.Parts;
import dev.alta.app.model.Models;
import dev.alta.core.contract.Contract;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.certificate.TestCertificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scorer and gateway as processes of their own, with every kind of secret, called rightly and
 * wrongly; and commands that fail for every kind of wrong secret. Nothing that they say, log or
 * show holds any of the secrets, nor do their arguments.
 */
@Timeout(600)
final class SecretsIT {
  private static final String TYPICAL = TypicalEncounter.of(Contract.of(Encounter.getDescriptor()));

  @TempDir private Path folder;
  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final Map<String, String> said = new LinkedHashMap<>();

  @Test
  void standInNothingThatIsSaidLoggedOrShown() throws Exception {
    for (String kind : List.of("predict", "admin", "metrics", "scorer", "mistyped", "stranger")) {
      secrets.put(kind, kind + "-Se9cret0Wort");
    }
    TestCertificates.write(folder, "server", "localhost");
    Path tokens = ownFile("tokens", lines("\n"));
    try (Parts parts = new Parts()) {
      OwnStorage storage = OwnStorage.start(parts, folder);
      secrets.put("database password", storage.database().password());
      secrets.put("store key", storage.store().secretKey());
      Registry registry = Models.in(parts.start(() -> ObjectStore.open(storage.store())));
      registry.publish(SmallModel.publication(0.7));
      registry.setAlias("champion", 1, Optional.empty(), "first");

      AltaProcess scorer = parts.start(() -> AltaProcess.start(scorer(storage)));
      List<String> ports = scorer.await("Scorer on port (\\d+), metrics on port (\\d+);.*");
      AltaProcess gateway =
          parts.start(() -> AltaProcess.start(gateway(storage, ports.get(0), tokens)));
      String url = gateway.await("Gateway at (\\S+)\\. .*").get(0);
      call(url, "https://localhost:" + ports.get(1));
      failWithAnyWrongSecret(storage);
      assertThat(arguments())
          .isNotEmpty()
          .allSatisfy(line -> assertHoldsNoSecret("arguments", line));

      gateway.close();
      scorer.close();
      said.put("scorer", scorer.said());
      said.put("gateway", gateway.said());
    }
    // A test that greps nothing would find nothing.
    assertThat(said.get("gateway")).contains("POST", "/predict", " 401");
    assertThat(said.get("scorer")).contains("readmission");
    assertThat(said).allSatisfy((what, text) -> assertHoldsNoSecret(what, text));
    lieOnlyInFilesOfTheirOwner();
  }

  private String lines(String separator) {
    return Stream.of("predict", "admin", "metrics", "predict scorer")
        .map(line -> line.replaceFirst(" .*", "") + " " + secrets.get(line.replaceFirst(".* ", "")))
        .reduce((a, b) -> a + separator + b)
        .orElseThrow();
  }

  private ProcessBuilder scorer(OwnStorage storage) {
    ProcessBuilder process =
        storage.alta(
            folder.resolve("scorer"),
            "serve",
            "--grpc-port=0",
            "--metrics-port=0",
            "--tls-cert=" + folder.resolve("server.crt"),
            "--tls-key=" + folder.resolve("server.key"),
            "--log-to=console",
            "--host=0.0.0.0");
    process.environment().put("ALTA_TOKENS", lines(","));
    return process;
  }

  private ProcessBuilder gateway(OwnStorage storage, String port, Path tokens) {
    ProcessBuilder process =
        storage.alta(
            folder.resolve("gateway"),
            "gateway",
            "--scorer=localhost:" + port,
            "--scorer-tls-roots=" + folder.resolve("server.crt"),
            "--http-port=0",
            "--tls-cert=" + folder.resolve("server.crt"),
            "--tls-key=" + folder.resolve("server.key"),
            "--token-file=" + tokens,
            "--access-log",
            "--log-to=console");
    process.environment().put("ALTA_SCORER_TOKEN", String.valueOf(secrets.get("scorer")));
    return process;
  }

  private void call(String url, String metrics) throws Exception {
    TlsCalls calls = new TlsCalls(folder.resolve("server.crt"));
    while (calls.status(url + "/predict", TYPICAL, secrets.get("predict")) != 200) {
      // The scorer has not loaded its model yet.
    }
    for (String token : secrets.values()) {
      for (String path : List.of("/predict", "/load_model", "/nowhere?token=x")) {
        said.put("POST " + path + " by " + token, calls.post(url + path, TYPICAL, token));
      }
      for (String path : List.of(url + "/metrics", url + "/data/batches", url + "/model-info")) {
        said.put("GET " + path + " by " + token, calls.get(path, token));
      }
      said.put("GET metrics by " + token, calls.get(metrics + "/metrics", token));
    }
  }

  private void failWithAnyWrongSecret(OwnStorage storage) throws IOException {
    String mistyped = String.valueOf(secrets.get("mistyped"));
    String url = storage.database().url();
    String user = "alta:" + mistyped + "@";
    List<String> bucket =
        List.of(
            "--store-url=" + storage.store().url(),
            "--store-access-key=" + storage.store().accessKey());
    for (String database :
        List.of(
            url,
            url + "?password=" + mistyped,
            url.replace("jdbc:postgresql://", "postgresql://" + user),
            "postgresql://" + user + "127.0.0.1:1/alta",
            "postgresql://" + user + "127.0.0.1:none/alta",
            "mysql://" + user + "db/alta")) {
      fail(Map.of("ALTA_DATABASE_PASSWORD", mistyped), "runs", "--database-url=" + database);
    }
    fail(Map.of("ALTA_STORE_SECRET_KEY", mistyped), bucket, "models", "list");
    fail(
        Map.of("ALTA_STORE_SECRET_KEY", mistyped),
        "models",
        "list",
        "--store-url=http://127.0.0.1:1",
        "--store-access-key=alta");
    fail(Map.of("ALTA_STORE_SECRET_KEE", mistyped), "models", "list");
    fail(Map.of("ALTA_TOKENS", "predicts " + mistyped), bucket, "serve", "--log=off");
    fail(Map.of("ALTA_TOKENS", mistyped), "gateway");
    Path wrong = ownFile("wrong-tokens", "predict " + mistyped + " and more\n");
    fail(Map.of(), "gateway", "--token-file=" + wrong);
    fail(Map.of("ALTA_SCORER_TOKEN", mistyped), "gateway", "--scorer=192.0.2.1:8081");
    Files.writeString(ownFile("alta.properties", ""), "store-secret-kee = " + mistyped + "\n");
    fail(Map.of(), "models", "list");
  }

  private void fail(Map<String, String> environment, List<String> more, String... command) {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(more);
    fail(environment, line.toArray(String[]::new));
  }

  /** In this process: these have nothing in their arguments that is secret. */
  private void fail(Map<String, String> environment, String... command) {
    StringWriter all = new StringWriter();
    List<String> line = new ArrayList<>(List.of(command));
    line.add("--home=" + folder.resolve("failed"));
    Map<String, String> given = new HashMap<>(environment);
    if (!environment.containsKey("ALTA_STORE_SECRET_KEY")) {
      given.put("ALTA_STORE_SECRET_KEY", String.valueOf(secrets.get("store key")));
    }
    int code =
        new Alta(given, folder, new PrintWriter(all), new PrintWriter(all))
            .run(line.toArray(String[]::new));
    String what = String.join(" ", line);
    assertThat(code).as(what + ": " + all).isIn(1, 2);
    said.put("alta " + command[0] + " " + said.size(), all.toString());
  }

  /** Those of all processes of this machine. */
  private static List<String> arguments() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(p -> p.toString().matches("/proc/\\d+")).toList()) {
        try {
          lines.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
        } catch (IOException ended) {
          // It has no arguments any more.
        }
      }
    }
    return lines;
  }

  private Path ownFile(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }

  private void assertHoldsNoSecret(String what, String text) {
    secrets.forEach(
        (name, secret) -> assertThat(text).as("%s in %s", name, what).doesNotContain(secret));
  }

  /** All that the processes have written, logs and what PostgreSQL keeps among it. */
  private void lieOnlyInFilesOfTheirOwner() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!permissions.endsWith("------")) {
          assertHoldsNoSecret(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    for (String log : List.of("failed/logs/alta-runs.log", "failed/logs/alta-models-list.log")) {
      assertHoldsNoSecret(log, Files.readString(folder.resolve(log)));
    }
    assertHoldsNoSecret("postgres.log", Files.readString(folder.resolve("postgres/postgres.log")));
  }
}
