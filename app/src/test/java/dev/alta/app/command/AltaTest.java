package dev.alta.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AltaTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  private int run(Map<String, String> environment, String... args) {
    return new Alta(environment, folder, new PrintWriter(out, true), new PrintWriter(err, true))
        .run(args);
  }

  @Test
  void showsAnExampleInTheHelpOfEveryCommand() {
    for (String command :
        new String[] {
          "up", "ingest", "prepare", "score", "retrain", "runs", "fsck", "generate", "source"
        }) {
      assertThat(run(Map.of(), command, "--help")).isZero();
      assertThat(out.toString()).contains("Example: alta " + command);
    }
  }

  @Test
  void showsAnExampleInTheHelpOfEveryCommandOnModels() {
    for (String command :
        new String[] {
          "list", "show", "compare", "promote", "reject", "rollback", "archive", "verify"
        }) {
      assertThat(run(Map.of(), "models", command, "--help")).isZero();
      assertThat(out.toString()).contains("Example: alta models " + command);
    }
  }

  @Test
  void deletesNoPredictionsThatReportsLookAt() {
    assertThat(run(Map.of(), "log", "prune", "--help")).isZero();
    assertThat(out.toString()).contains("Example: alta log prune --older-than 365d --delete");
    for (String wrong : new String[] {"89d", "90", "-90d", "0d", "400000d", "1y"}) {
      assertThat(run(Map.of(), "log", "prune", "--older-than", wrong)).isEqualTo(2);
      assertThat(err.toString()).contains("older-than: " + wrong + " (expected: 90d or more");
    }
    assertThat(run(Map.of(), "log", "prune")).isEqualTo(2);
    assertThat(run(Map.of(), "log")).isEqualTo(2);
  }

  @Test
  void answersWrongUsageWithTwo() {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(run(Map.of(), "nonsense")).isEqualTo(2);
    assertThat(run(Map.of(), "generate", "--rows", "many", "--out", "x.csv")).isEqualTo(2);
    assertThat(err.toString()).contains("--rows").contains("many");
    assertThat(run(Map.of(), "up", "--http-port", "70000")).isEqualTo(2);
    assertThat(run(Map.of(), "up", "--database-url", "mysql://db/alta")).isEqualTo(2);
    assertThat(run(Map.of(), "up", "--store-url", "http://127.0.0.1:9000")).isEqualTo(2);
    assertThat(run(Map.of(), "score", "--input", "x.csv", "--output", "table:x", "--rank"))
        .isEqualTo(2);
    assertThat(run(Map.of(), "score", "--input", "x", "--output", "y", "--reasons", "-1"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("port: 70000", "database URL: mysql://", "store keys: empty")
        .contains("ranked: with output table:x", "reasons: -1 (expected: 0 to 100)");
  }

  @Test
  void takesASettingFromFlagThenEnvironmentThenFile() throws IOException {
    Files.writeString(folder.resolve("alta.properties"), "rows = 1\nseed = 5\n");
    Path file = folder.resolve("encounters.csv");
    assertThat(run(Map.of(), "generate", "--out", file.toString())).isZero();
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(run(Map.of("ALTA_ROWS", "2"), "generate", "--out", file.toString())).isZero();
    assertThat(Files.readAllLines(file)).hasSize(3);
    assertThat(run(Map.of("ALTA_ROWS", "2"), "generate", "--rows", "3", "--out", file.toString()))
        .isZero();
    assertThat(Files.readAllLines(file)).hasSize(4);
  }

  @Test
  void refusesSettingsThatNoCommandKnows() throws IOException {
    Files.writeString(folder.resolve("alta.properties"), "row = 1\n");
    assertThat(run(Map.of("ALTA_HOEM", "/tmp"), "generate", "--out", "x.csv")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("alta: unknown settings ALTA_HOEM, alta.properties: row (expected: ");
  }

  @Test
  void failsWithOneLineWhereAFileCannotBeWritten() {
    Path file = folder.resolve("nowhere").resolve("x.csv");
    assertThat(run(Map.of(), "generate", "--out", file.toString())).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains(file.toString()).contains("expected");
  }

  @Test
  void servesNoSourceWithoutAFileOrInAnUnknownForm() {
    String none = folder.resolve("none.csv").toString();
    assertThat(run(Map.of(), "source", "--data", none, "--row-form", "objects")).isEqualTo(1);
    assertThat(err.toString()).startsWith("alta: " + none + ": not there (expected: a file");
    assertThat(run(Map.of(), "source", "--data", none, "--row-form", "tables")).isEqualTo(2);
    assertThat(err.toString()).contains("--row-form").contains("tables");
    assertThat(run(Map.of(), "source")).isEqualTo(2);
    assertThat(run(Map.of(), "source", "--data", none, "--groups", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("alta: groups: 0 (expected: > 0)");
  }

  @Test
  void answersWrongSettingsOfTheDataStepsBeforeAnythingIsStarted() {
    String home = folder.resolve("home").toString();
    String none = folder.resolve("none.csv").toString();
    assertThat(run(Map.of(), "ingest", "--home", home)).isEqualTo(2);
    assertThat(run(Map.of(), "ingest", "--data", none, "--home", home, "--max-rejects", "3"))
        .isEqualTo(2);
    assertThat(run(Map.of(), "prepare", "--home", home, "--parallelism", "0")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--data", "maxRejects: 3.0 (expected: 0 to 1)", "parallelism: 0");
    assertThat(run(Map.of(), "ingest", "--data", none, "--home", home)).isEqualTo(1);
    assertThat(run(Map.of(), "prepare", "--home", home)).isEqualTo(1);
    assertThat(err.toString()).contains(none + ": ", home + " has no database (expected: ");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void answersWrongSettingsOfARetrainBeforeAnythingIsStarted() throws IOException {
    String home = folder.resolve("home").toString();
    String none = folder.resolve("none.csv").toString();
    assertThat(run(Map.of(), "retrain", "--home", home, "--new-rows", "0")).isEqualTo(2);
    assertThat(run(Map.of(), "retrain", "--home", home, "--data", none, "--dry-run")).isEqualTo(2);
    assertThat(err.toString())
        .contains("alta: newRows: 0.0 (expected: > 0)", "dry-run: with data " + none);
    assertThat(run(Map.of(), "retrain", "--home", home)).isEqualTo(1);
    assertThat(run(Map.of(), "runs", "show", "1", "--home", home)).isEqualTo(1);
    assertThat(run(Map.of(), "runs", "resume", "1", "--home", home)).isEqualTo(1);
    assertThat(run(Map.of(), "outcomes", "load", none, "--home", home)).isEqualTo(1);
    assertThat(run(Map.of(), "outcomes")).isEqualTo(2);
    assertThat(err.toString()).contains("outcomes: no command", none + ": not there");
    assertThat(folder.resolve("home")).doesNotExist();
  }

  @Test
  void refusesToGenerateNothing() {
    Path file = folder.resolve("x.csv");
    assertThat(run(Map.of(), "generate", "--rows", "0", "--out", file.toString())).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("alta: rows: 0 (expected: > 0)" + System.lineSeparator());
    assertThat(file).doesNotExist();
  }
}
