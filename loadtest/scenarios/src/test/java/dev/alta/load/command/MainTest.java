package dev.alta.load.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
  private static final Path CONFIGURATIONS = Path.of("..", "ghz");
  private static final Path JOB =
      Path.of("..", "..", "k8s", "components", "load-test", "load-job.yaml");

  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(
        new PrintWriter(new StringWriter(), true), new PrintWriter(err, true), arguments);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "constant --rate 0 | --rate: 0 (expected: >= 1)",
        "constant --rate x | Invalid value for option '--rate'",
        "constant --seconds 9999 | --seconds: 9999 (expected: at most 3600 --most-seconds)",
        "constant --rate 100000 | --rate: 2000000 (expected: at most 1000000 requests in all",
        "stress --seconds 61 | --seconds: 61 (expected: a multiple of --steps, 10)",
        "stress --at-once 3 | --at-once: 3 with stress (expected: constant or soak",
        "constant --max-errors 2 | --max-errors: 2.0 (expected: from 0 to 1)",
        "constant --max-p99 -1 | --max-p99: -1.0 (expected: > 0)",
        "constant --rows 3 | --rows: 3 (expected: >= 64)",
        "constant --csv nowhere.csv | --csv: nowhere.csv",
        "constant --target nowhere | --target: nowhere (expected: HOST:PORT",
        "constant --target 192.0.2.1:80 | --target: 192.0.2.1:80 (expected: a loopback address",
        "constant --tool wrk | --tool: wrk (expected: ghz, own or jmeter)",
        "constant --compare nowhere | nowhere: no result.json (expected: the folder of a run)",
        "constant --workers 99 | --workers: 99 (expected: from 1 to 64",
        "sprint | SCENARIO",
        "constant --what | Unknown option: '--what'"
      })
  void aWrongFlagIsNamedWithItsValueAndWhatWasExpected(String arguments, String message) {
    assertThat(run(arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains(message.strip());
  }

  @Test
  void saysWhatToStartWhereNothingAnswers() throws IOException {
    assertThat(run("constant", "--tool", "own", "--target", silent())).isEqualTo(1);
    assertThat(err.toString()).contains("(expected: a scorer, such as ./alta up starts)");
  }

  @Test
  void theJobOfTheClusterHasFlagsThatThereAre(@TempDir Path folder) throws IOException {
    Path any = Files.writeString(folder.resolve("any"), "any");
    List<String> given =
        Files.readAllLines(JOB).stream()
            .dropWhile(line -> !line.strip().startsWith("args:"))
            .skip(1)
            .takeWhile(line -> line.strip().startsWith("- "))
            .map(line -> line.strip().substring(2))
            .toList();
    assertThat(given).contains("constant", "--ghz=/bin/ghz");
    String[] here =
        given.stream()
            .filter(argument -> !argument.startsWith("--ghz="))
            .map(argument -> argument.replaceFirst("^--target=.*", "--target=" + silent()))
            .map(argument -> argument.replaceFirst("=/etc/alta/.*", "=" + any))
            .toArray(String[]::new);
    // With 2 it would be a flag that is wrong; the file holds no certificate.
    assertThat(run(here)).isEqualTo(1);
    assertThat(err.toString()).contains(any.toString());
  }

  /** An address at which nothing answers. */
  private static String silent() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + free.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void theConfigurationFilesOfGhzAreThoseOfTheScenarios() throws IOException {
    for (var file : PlansCommand.ghz().entrySet()) {
      assertThat(Files.readString(CONFIGURATIONS.resolve(file.getKey())))
          .as("%s; loadtest/run plans writes it anew", file.getKey())
          .isEqualTo(file.getValue());
    }
    try (var files = Files.list(CONFIGURATIONS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(PlansCommand.ghz().keySet());
    }
  }
}
