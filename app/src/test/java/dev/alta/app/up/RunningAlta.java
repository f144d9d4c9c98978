package dev.alta.app.up;

import dev.alta.app.data.SyntheticFile;
import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.core.digest.Sha256;
import dev.alta.core.life.Listen;
import dev.alta.database.Claim;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.Hold;
import dev.alta.database.WorkflowRun.StepState;
import dev.alta.database.Workflows;
import dev.alta.gateway.GatewaySettings;
import dev.alta.proto.v1.Encounter;
import dev.alta.scorer.ScorerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All of Alta on some thousand generated rows, every part real, with a model that it has trained.
 */
public final class RunningAlta implements AutoCloseable {
  /** Of the file that it has read. */
  public static final int ROWS = 4_000;

  /** Those of them, from 1 on, whose sex there is not: they were rejected. */
  public static final List<Integer> BAD_ROWS = List.of(100, 200, 300);

  /** The name of a load test, see {@link #leaveALoadTest}. */
  public static final String LOAD_TEST = "20261122-083000-stress-predict";

  private final Path home;
  private final Up up;

  private RunningAlta(Path home, Up up) {
    this.home = home;
    this.up = up;
  }

  public static RunningAlta start() {
    try {
      Path home = Files.createTempDirectory("alta-running");
      Path file = home.resolve("encounters.csv");
      SyntheticFile.write(file, ROWS, 1);
      spoil(file);
      return up(home, Optional.of(file.toString()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** On what is in a folder already, such as after a restore. */
  public static RunningAlta on(Path home) {
    return up(home, Optional.empty());
  }

  private static RunningAlta up(Path home, Optional<String> data) {
    UpSettings settings =
        new UpSettings(
            StorageSettings.in(home),
            data,
            0.01,
            ROWS,
            1,
            GatewaySettings.of(Listen.onLoopback(0)),
            ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0)));
    Terminal quiet = new Terminal(new PrintWriter(new StringWriter()), false, System::nanoTime);
    try {
      return new RunningAlta(home, Up.start(settings, quiet));
    } catch (Exception failed) {
      throw new IllegalStateException("Alta did not start", failed);
    }
  }

  private static void spoil(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int row : BAD_ROWS) {
      lines.set(row, lines.get(row).replaceFirst("Female|Male", "Both"));
    }
    Files.writeString(file, String.join("\r\n", lines) + "\r\n");
  }

  /** Leaves a workflow of two steps and two lines behind; gives its number. */
  public long leaveAWorkflow() {
    Contract contract = Contract.of(Encounter.getDescriptor());
    try (Parts parts = new Parts()) {
      DatabaseSettings settings = Storage.reach(StorageSettings.in(home), parts).database();
      Workflows workflows = parts.start(() -> Database.open(settings, contract)).workflows();
      Workflows.Self ann = new Workflows.Self("ann", "here", 1, holder -> false);
      Hold hold = ((Claim.Taken) workflows.begin("test", "{}", ann)).hold();
      workflows.stepBegun(hold, 1, "ingest");
      workflows.log(hold, "ingest", "one");
      workflows.stepEnded(hold, 1, StepState.DONE, "{}");
      workflows.stepBegun(hold, 2, "train");
      workflows.log(hold, "train", "two");
      workflows.stepEnded(hold, 2, StepState.SKIPPED, "{}");
      workflows.done(hold, "nothing new");
      return hold.workflow();
    }
  }

  /** Leaves the files of a load test, as {@code loadtest/run} does. */
  public void leaveALoadTest() throws IOException {
    Path run = Files.createDirectories(home.resolve("loadtest").resolve(LOAD_TEST));
    byte[] page =
        ("<!DOCTYPE html><html lang=\"en\"><title>Load test</title><style>h1{font-style:italic}</style>"
                + "<h1>Load test: stress predict</h1>")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(run.resolve("report.html"), page);
    Files.writeString(
        run.resolve("result.json"),
        """
        {"facts":{"scenario":"stress","call":"predict","loop":"open","started":"2026-11-22T08:30:00Z"},
         "requests":1000,"errors":2,"per_second":250,"breaking_point":"between 200 and 300",
         "response":{"percentiles":{"p50":1.5,"p99":7.25}},
         "checks":[{"what":"errors","met":false}],"report_sha256":"%s"}
        """
            .formatted(Sha256.of(page)));
  }

  /** Where it keeps everything. */
  public StorageSettings storage() {
    return StorageSettings.in(home);
  }

  /** Where the page is. */
  public String url() {
    return up.serving().url();
  }

  public int grpcPort() {
    return up.serving().grpcPort();
  }

  @Override
  public void close() {
    up.close();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
