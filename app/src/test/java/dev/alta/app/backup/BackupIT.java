package dev.alta.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.command.Said;
import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.model.Models;
import dev.alta.app.page.BrowserAndAlta;
import dev.alta.app.up.RunningAlta;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.gateway.json.TypicalEncounter;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Encounter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A running Alta is backed up while it works, destroyed and restored; every part real. */
@ExtendWith(BrowserAndAlta.class)
final class BackupIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String ENCOUNTER = TypicalEncounter.of(CONTRACT);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static RunningAlta alta;

  @TempDir private Path folder;
  private String out = "";
  private String err = "";

  @BeforeAll
  static void start(RunningAlta running) {
    alta = running;
  }

  @Test
  void answersTheSameAfterABackupUnderWayADestructionAndARestore() throws Exception {
    Map<String, String> answers = answersOfBothVersions();
    Path archive = folder.resolve("busy.zip");
    int decisions = backUpWhileItWorks(archive);
    Path home = folder.resolve("home");
    restore(archive, home);
    assertHoldsTogether(home, decisions);
    assertThat(run("fsck", "--home", home.toString())).as(err + out).isZero();

    destroy(home);
    restore(archive, home);

    try (RunningAlta restored = RunningAlta.on(home)) {
      String answer = post(restored.url() + "/predict", ENCOUNTER).body();
      assertThat(withoutNames(answer)).isEqualTo(answers.get(version(answer)));
      assertThat(
              post(restored.url() + "/models/rollback", "{\"who\":\"ann\",\"reason\":\"a test\"}"))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(200);
    }
  }

  /** Gives how many decisions there were in the end, the last of which came after the moment. */
  private static int backUpWhileItWorks(Path archive) throws Exception {
    try (Parts parts = new Parts()) {
      Storage storage = Storage.reach(alta.storage(), parts);
      DatabaseSettings url = storage.database();
      StoreSettings bucket = storage.store();
      Database database = parts.start(() -> Database.open(url, CONTRACT));
      FileStore store = parts.start(() -> FileStore.of(bucket));
      Registry registry = Models.in(parts.start(() -> ObjectStore.open(bucket)));
      promoteAnother(registry); // so that there is one to roll back to
      while (read(database, "SELECT 1 FROM inference_log LIMIT 1").isEmpty()) {
        Thread.onSpinWait();
      }
      AtomicBoolean ended = new AtomicBoolean();
      CompletableFuture<Integer> predicting =
          CompletableFuture.supplyAsync(() -> predictUntil(ended));
      // Some just as it begins, so that it may have to begin anew; and one when tables are copied.
      CompletableFuture<Void> promoting =
          CompletableFuture.runAsync(() -> List.of(1, 2, 3).forEach(i -> promoteAnother(registry)));
      List<String> said = new ArrayList<>();
      new Backup(CONTRACT, database, store, "test")
          .write(
              archive,
              (unit, done, total) -> {
                if (said.isEmpty()) {
                  promoting.join();
                  promoteAnother(registry);
                }
                said.add(unit);
              });
      ended.set(true);
      assertThat(predicting.join()).isPositive();
      assertThat(said).contains("rows", "objects");
      return registry.history().decisions().size();
    }
  }

  private static void assertHoldsTogether(Path home, int decisions) {
    try (Parts parts = new Parts()) {
      Storage storage = Storage.reach(StorageSettings.in(home), parts);
      DatabaseSettings url = storage.database();
      StoreSettings bucket = storage.store();
      Database database = parts.start(() -> Database.open(url, CONTRACT));
      Registry registry = Models.in(parts.start(() -> ObjectStore.open(bucket)));
      assertThat(registry.history().decisions())
          .as("what was promoted after the moment")
          .hasSizeLessThan(decisions);
      assertThat(registry.history().champion()).isPresent();
      assertThat(read(database, "SELECT DISTINCT model_version FROM inference_log"))
          .as("versions in the log")
          .isNotEmpty()
          .allSatisfy(
              version -> assertThat(registry.versions()).contains(Integer.parseInt(version)));
      // What a scorer brings, and that it has brought it, are one transaction.
      assertThat(
              read(
                  database,
                  "SELECT (SELECT sum(rows) FROM inference_spool)"
                      + " - (SELECT count(*) FROM inference_log)"))
          .containsExactly("0");
      assertThat(database.rawData().count())
          .isEqualTo(RunningAlta.ROWS - RunningAlta.BAD_ROWS.size());
    }
  }

  @Test
  void namesArchivesByTimeAndKeepsTheNewest() throws Exception {
    Path backups = Files.createDirectory(folder.resolve("backups"));
    Files.createFile(backups.resolve("alta-20200101T000000Z.zip"));
    Files.createFile(backups.resolve(".alta-20200101T000000Z.zip.part"));
    Files.createFile(backups.resolve("notes.zip"));

    assertThat(run("backup", "--output", backups.toString(), "--keep", "1", "--home", home()))
        .as(err)
        .isZero();

    assertThat(out).contains("Backup of 20", "Removed 1 older ones.");
    try (Stream<Path> files = Files.list(backups)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
          .hasSize(2)
          .last()
          .isEqualTo("notes.zip");
    }
  }

  @Test
  void goesToAnotherBucketAndBackOverWhatIsThereOnlyIfTold() throws Exception {
    StoreSettings store;
    try (Parts parts = new Parts()) {
      store = Storage.reach(alta.storage(), parts).store();
    }
    ObjectStore.open(store.withBucket("backups")).close();
    assertThat(run("backup", "--output", "s3://alta/a.zip", "--home", home())).isEqualTo(1);
    assertThat(err).contains("s3://alta/a.zip: in the bucket that is backed up (expected: ");
    assertThat(run("backup", "--output", "s3://backups/a.zip", "--home", home())).as(err).isZero();
    assertThat(run("backup", "--output", "s3://backups/a.zip", "--home", home())).isEqualTo(1);
    assertThat(err).contains("s3://backups/a.zip: is there (expected: a new name)");

    assertThat(restoreFromBucket(store)).as(err).isZero();
    FileStore restored = FileStore.of(store.withBucket("restored"));
    int objects = restored.list("").size();
    restored.write("more", new ByteArrayInputStream(new byte[] {1}));
    assertThat(restoreFromBucket(store)).isEqualTo(1);
    assertThat(err).contains(": ingest_batch has rows (expected: an empty database and bucket; ");
    assertThat(restored.list("")).hasSize(objects + 1);
    assertThat(restoreFromBucket(store, "--replace")).as(err).isZero();
    assertThat(restored.list("")).hasSize(objects);
    restored.close();
  }

  @Test
  void changesNothingWhereTheArchiveIsDamaged() throws Exception {
    Path archive = folder.resolve("a.zip");
    assertThat(run("backup", "--output", archive.toString(), "--home", home())).as(err).isZero();
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 0x40;
    Files.write(archive, bytes);
    Path fresh = folder.resolve("fresh");

    assertThat(run("restore", "--input", archive.toString(), "--home", fresh.toString()))
        .isEqualTo(1);

    assertThat(err).contains(" is damaged: ").hasLineCount(1);
    assertThat(fresh.resolve("postgres")).doesNotExist();
    assertThat(fresh.resolve("objects")).doesNotExist();
  }

  private int restoreFromBucket(StoreSettings store, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "restore",
                "--input",
                "s3://backups/a.zip",
                "--home",
                folder.resolve("elsewhere").toString(),
                "--store-url",
                store.url(),
                "--store-access-key",
                store.accessKey(),
                "--store-secret-key",
                store.secretKey(),
                "--store-bucket",
                "restored"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private static String home() {
    return alta.storage().home().toString();
  }

  private void restore(Path archive, Path home) {
    assertThat(run("restore", "--input", archive.toString(), "--home", home.toString()))
        .as(err)
        .isZero();
    assertThat(out).contains("Restored what there was on 20");
  }

  private static List<String> read(Database database, String sql) {
    List<String> first = new ArrayList<>();
    database.queries().read(sql, values -> first.add(String.valueOf(values.get(0))));
    return first;
  }

  private static int predictUntil(AtomicBoolean ended) {
    int predicted = 0;
    while (!ended.get() || predicted == 0) {
      assertThat(post(alta.url() + "/predict", ENCOUNTER).statusCode()).isEqualTo(200);
      predicted++;
    }
    return predicted;
  }

  private static void promoteAnother(Registry registry) {
    int champion = registry.alias(Alias.CHAMPION).orElseThrow().version();
    HttpResponse<String> answer =
        post(
            alta.url() + "/models/" + (champion == 1 ? 2 : 1) + "/promote",
            "{\"who\":\"ann\",\"reason\":\"a test\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** By version; afterwards the champion answers again. */
  private static Map<String, String> answersOfBothVersions() {
    Map<String, String> answers = new HashMap<>();
    for (String model : List.of("1", "2", "champion")) {
      HttpResponse<String> loaded =
          post(alta.url() + "/load_model", "{\"model\":\"" + model + "\"}");
      assertThat(loaded.statusCode()).as(loaded.body()).isEqualTo(200);
      String answer = post(alta.url() + "/predict", ENCOUNTER).body();
      answers.put(version(answer), withoutNames(answer));
    }
    assertThat(answers).hasSize(2);
    return answers;
  }

  private static String version(String answer) {
    return answer.replaceFirst(".*\"model_version\":\"([0-9]+)\".*", "$1").strip();
  }

  /** Without alias, version and request id. */
  private static String withoutNames(String answer) {
    return answer.replaceFirst("\"model_alias\".*", "");
  }

  private static HttpResponse<String> post(String url, String body) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private int run(String... arguments) {
    Said said = Said.by(folder, arguments);
    out = said.out();
    err = said.err();
    return said.code();
  }

  private static void destroy(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
