package dev.alta.app.fsck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.command.Said;
import dev.alta.app.home.HomeLock;
import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.page.BrowserAndAlta;
import dev.alta.app.up.RunningAlta;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.StoredFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a real home in which one thing after the other is damaged. */
@ExtendWith(BrowserAndAlta.class)
final class FsckIT {
  private static final String VERSIONS = "models/readmission/versions/";

  /** A statement, and what is then to be read. */
  private record Damage(String sql, String named) {}

  /** Each leaves the others' traces alone. */
  private static final List<Damage> TABLES =
      List.of(
          new Damage(
              "DELETE FROM raw_data WHERE encounter_id = (SELECT min(encounter_id) FROM raw_data"
                  + " WHERE encounter_id IN (SELECT encounter_id FROM clean_data))",
              " rows in raw_data (expected: 3997, as it was accepted)"),
          new Damage("SELECT 1", "clean_data: 1 rows that raw_data does not have"),
          new Damage(
              "DELETE FROM rejected_rows WHERE line = (SELECT min(line) FROM rejected_rows)",
              " has 2 rows in rejected_rows (expected: 3, as were rejected)"),
          new Damage(
              "UPDATE source_watermark SET batch_number = 7",
              " stands at batch 7 (expected: 1, up to which the ledger has all)"),
          new Damage(
              "INSERT INTO raw_data SELECT (c.copy).* FROM (SELECT jsonb_populate_record(r, '{"
                  + "\"encounter_id\": -1, \"batch_id\": 99}') AS copy FROM raw_data AS r LIMIT 1)"
                  + " AS c",
              "raw_data: 1 rows of batch 99, which the ledger does not know"),
          new Damage(
              "UPDATE clean_data_generation SET kept = kept + 1", "of generation 1 (expected: "),
          new Damage(
              "UPDATE split_assignment SET dataset = 'test' WHERE patient ="
                  + " (SELECT min(patient) FROM split_assignment WHERE dataset = 'train')",
              "split: "),
          new Damage(
              "INSERT INTO inference_spool (spool, drained_to, rows) VALUES"
                  + " (gen_random_uuid(), 9000000, 9000000)",
              "inference_log: "),
          new Damage(
              "INSERT INTO inference_log (request_id, logged_at, model_name, model_alias,"
                  + " model_version, encounter, prediction, probabilities, probability_most_urgent,"
                  + " risk, latency_micros) VALUES ('r', now(), 'readmission', 'champion', '99',"
                  + " '{}', 'NO', '{}', 0, 'LOW', 1)",
              "inference_log: predictions of version 99"),
          new Damage(
              "INSERT INTO outcomes (encounter, outcome, source) VALUES (1, 'MAYBE', 'f')",
              "outcomes: MAYBE on 1 rows (expected: one of NO, >30, <30)"),
          new Damage(
              "SELECT setval(pg_get_serial_sequence('pipeline_run', 'run'), 1)",
              "pipeline_run.run: numbers are dealt out from 2 on"));

  /** One of version 1, so long ago. */
  private static final String PREDICTION =
      "INSERT INTO inference_log (request_id, logged_at, model_name, model_alias, model_version,"
          + " encounter, prediction, probabilities, probability_most_urgent, risk, latency_micros)"
          + " VALUES ('r', now() - interval '%s', 'readmission', 'champion', '1', '{}', 'NO', '{}',"
          + " 0, 'LOW', 1)";

  @TempDir private Path folder;
  private String out = "";
  private String err = "";

  @Test
  void namesAllThatIsDamagedAndNothingElse(RunningAlta alta) throws Exception {
    assertThat(fsck(alta.storage().home())).as(out + err).isZero();
    assertThat(out).startsWith("OK: rows 3,997, batches 1, generations ");

    Path home = copy(alta.storage().home());
    try (Parts parts = new Parts()) {
      parts.start(() -> HomeLock.take(home));
      Storage storage = Storage.start(StorageSettings.in(home), parts);
      FileStore store = parts.start(() -> FileStore.of(storage.store()));
      assertThat(fsck(home)).as(out + err).isZero();

      prunesWithoutHarm(home, storage.database());
      namesDamagedObjects(home, store);
      namesDamagedTables(home, storage.database());
      namesWhatLiesInTheHome(home);
      namesTablesThatAreNotThere(home, storage.database());
    }
  }

  private void prunesWithoutHarm(Path home, DatabaseSettings database) throws Exception {
    for (String age : List.of("89 days 23 hours", "91 days", "10 years")) {
      execute(database, PREDICTION.formatted(age));
    }
    execute(
        database,
        "INSERT INTO inference_spool (spool, drained_to, rows) SELECT gen_random_uuid(), 3,"
            + " (SELECT count(*) FROM inference_log) - coalesce(sum(rows), 0) FROM inference_spool");
    String[] prune = {"log", "prune", "--older-than", "90d", "--home", home.toString()};

    assertThat(run(prune)).as(err).isZero();
    assertThat(out).startsWith("2 predictions of before ").contains("Nothing is deleted");
    List<String> arguments = new ArrayList<>(List.of(prune));
    arguments.addAll(List.of("--delete", "--json"));
    assertThat(run(arguments.toArray(String[]::new))).as(err).isZero();
    assertThat(out).contains("\"rows\":2,\"deleted\":true,");
    assertThat(run(prune)).as(err).isZero();
    assertThat(out).startsWith("0 predictions of before ");
    assertThat(fsck(home)).as(out + err).isZero();
  }

  private void namesDamagedObjects(Path home, FileStore store) throws Exception {
    String certificate = "datasets/1/split-certificate.json";
    byte[] kept = bytes(store, certificate);
    store.delete(certificate);
    change(store, VERSIONS + "1/model.pb", text -> "x" + text.substring(1));
    change(store, VERSIONS + "2/manifest.json", text -> text.replaceFirst("[0-9]", "x"));
    change(
        store,
        "models/readmission/aliases/champion",
        text -> text.replaceFirst("\"version\": *\"[0-9]+\"", "\"version\":\"99\""));

    assertThat(fsck(home)).isEqualTo(1);

    assertThat(out)
        .contains(certificate + ": not in the bucket")
        .contains("bucket: the certificate of generation 1 has the digest of none")
        .contains(VERSIONS + "1/model.pb: ")
        .contains(VERSIONS + "2/manifest.json: ")
        .contains("alias champion: version 99, which is not there")
        .contains("alias champion: version 99 (expected: ")
        .contains("    what to do: bring a backup back: alta restore");
    store.write(certificate, new ByteArrayInputStream(kept));
    change(
        store, "models/readmission/decisions/1.json", text -> text.replace("\"who\"", "\"why\""));
    assertThat(fsck(home)).isEqualTo(1);
    assertThat(out).contains("models/readmission/decisions/1.json: ").doesNotContain(certificate);
  }

  private void namesDamagedTables(Path home, DatabaseSettings database) throws Exception {
    for (Damage damage : TABLES) {
      execute(database, damage.sql());
    }

    assertThat(fsck(home)).isEqualTo(1);

    for (Damage damage : TABLES) {
      assertThat(out).as(damage.sql()).contains(damage.named());
    }
  }

  private void namesWhatLiesInTheHome(Path home) throws Exception {
    Path password = home.resolve("postgres").resolve("password");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
    Path segment =
        Files.createDirectories(home.resolve("spool")).resolve("segment-0000000001.spool");
    Files.writeString(segment, "no segment ".repeat(10));

    assertThat(fsck(home, "--json")).isEqualTo(1);

    assertThat(out)
        .startsWith("{\"ok\":false,")
        .contains(password + ": others can read it (expected: its owner alone)")
        .contains(segment + ": does not begin as a segment does")
        .contains("\"remedy\":\"chmod 600 " + password);
  }

  private void namesTablesThatAreNotThere(Path home, DatabaseSettings database) throws Exception {
    execute(database, "DROP TABLE outcomes");
    assertThat(fsck(home)).isEqualTo(1);
    assertThat(out).contains("tables: outcomes not there (expected: all of Alta's)");

    execute(database, "UPDATE flyway_schema_history SET success = false WHERE version = '9'");
    assertThat(fsck(home)).isEqualTo(1);
    assertThat(out).contains("tables: 10 migrations are done (expected: 11, as this Alta knows");
  }

  private Path copy(Path from) {
    Path archive = folder.resolve("copy.zip");
    Path home = folder.resolve("home");
    assertThat(run("backup", "--output", archive.toString(), "--home", from.toString())).isZero();
    assertThat(run("restore", "--input", archive.toString(), "--home", home.toString())).isZero();
    return home;
  }

  private static void change(FileStore store, String key, UnaryOperator<String> change)
      throws Exception {
    String before = new String(bytes(store, key), StandardCharsets.ISO_8859_1);
    String after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    store.write(key, new ByteArrayInputStream(after.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static byte[] bytes(FileStore store, String key) {
    StoredFile file = store.find(key).orElseThrow();
    return store.read(file, 0, Math.toIntExact(file.size()));
  }

  private static void execute(DatabaseSettings database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(database.url(), database.user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int fsck(Path home, String... more) {
    List<String> arguments = new ArrayList<>(List.of("fsck", "--home", home.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    Said said = Said.by(folder, arguments);
    out = said.out();
    err = said.err();
    return said.code();
  }
}
