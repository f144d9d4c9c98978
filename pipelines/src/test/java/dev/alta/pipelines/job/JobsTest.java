package dev.alta.pipelines.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.database.DatabaseException;
import dev.alta.pipelines.flink.FlinkSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobsTest {
  private static final String NOBODY = "--databaseUrl=jdbc:postgresql://127.0.0.1:1/alta";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private void run(String... args) {
    Jobs.run(
        args,
        Map.of("ALTA_DATABASE_PASSWORD", "of the environment"),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        FlinkSettings::local);
  }

  @Test
  void explainsEveryOptionOfEveryJob() {
    run("--help");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("ingest: ", "--data=…  (required)\n      CSV or CSV.gz")
        .contains("--maxRejects=…\n      share of the rows that may be rejected", "(0.01)")
        .contains("prepare: ", "--seed=…", "--parallelism=…", "--attachedMode=…")
        .doesNotContain("--tempLocation");
    out.reset();
    run("prepare", "--help");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--databaseUrl=…  (required)", "--databasePassword=…")
        .doesNotContain("--data=…");
  }

  @Test
  void refusesUnknownOptionsWithTheNearestName() {
    assertThatThrownBy(() -> run("ingest", "--dta=x.csv", NOBODY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--dta: unknown (expected: perhaps --data)");
    assertThatThrownBy(() -> run("prepare", "--tempLocation=/tmp", NOBODY))
        .hasMessageStartingWith("--tempLocation: unknown (expected: one of --databasePassword, ");
    assertThatThrownBy(() -> run("ingest", "--data", "x.csv"))
        .hasMessage("--data (expected: --option=value)");
  }

  @Test
  void refusesMissingOptionsAndValuesThatCannotBe() {
    assertThatThrownBy(() -> run("ingest", NOBODY))
        .hasMessageStartingWith("--data: missing (expected: CSV or CSV.gz");
    assertThatThrownBy(() -> run("prepare", "--seed=seven", NOBODY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("seven");
    assertThatThrownBy(() -> run("ingest", "--data=x.csv", "--databaseUrl=mysql://db"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("database URL: mysql://db");
    assertThatThrownBy(() -> run())
        .hasMessage(
            "job: none (expected: one of ingest, prepare, score and then its options; --help lists"
                + " them)");
  }

  @Test
  void readsSecretsFromTheEnvironmentWhereNoneIsGiven() {
    PrepareOptions options =
        JobArguments.read(PrepareOptions.class, List.of(NOBODY, "--databaseUser=ann"));
    Places.addSecrets(options, Map.of("ALTA_DATABASE_PASSWORD", "secret"));
    assertThat(Places.database(options).password()).isEqualTo("secret");
    Places.addSecrets(options, Map.of("ALTA_DATABASE_PASSWORD", "another"));
    assertThat(Places.database(options).password()).isEqualTo("secret");
  }

  @Test
  void runsAJobAsFarAsTheDatabaseIsThere() {
    assertThatThrownBy(() -> run("prepare", NOBODY, "--runner=FlinkRunner"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("database alta on 127.0.0.1:1 as alta cannot be reached");
  }
}
