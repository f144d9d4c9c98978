package dev.alta.load.command;

import dev.alta.load.record.Recording;
import dev.alta.load.report.Facts;
import dev.alta.load.report.Outcome;
import dev.alta.load.report.Thresholds;
import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Scenario;
import dev.alta.load.scenario.Schedule;
import dev.alta.load.target.Access;
import dev.alta.load.target.Target;
import dev.alta.load.target.TargetCheck;
import dev.alta.load.tool.OwnClient;
import dev.alta.load.tool.Tool;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loadtest/run SCENARIO}. */
@Command(
    name = "loadtest/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {MergeCommand.class, PlansCommand.class},
    description = {
      "Loads a running Alta and reports what callers would see.",
      "Checks the target, warms it up, runs, prints, and keeps JSON, CSV, histograms and an HTML"
          + " report."
    },
    footer = {
      "",
      "Examples: loadtest/run constant",
      "          loadtest/run stress --call json --rate 8000 --max-errors 0.2",
      "          loadtest/run constant --call batch --compare last --max-slower 2"
    })
final class RunCommand implements Callable<Integer> {
  private static final int WARM_UP_AT_ONCE = 4;
  private static final int WARM_UP_MOST_PER_SECOND = 2_000;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = {
        "constant: the same rate all the time. ramp: a growing one, second by second.",
        "stress: in steps up to the breaking point. soak: a moderate one for long."
      })
  private Optional<Scenario> wanted = Optional.empty();

  @Mixin private final LoadOptions loads = new LoadOptions();
  @Mixin private final RowOptions rows = new RowOptions();
  @Mixin private final LimitOptions limits = new LimitOptions();
  @Mixin private final KeepOptions keeping = new KeepOptions();

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description = "A scorer (127.0.0.1:8081); for json a gateway (127.0.0.1:8080).")
  private Optional<String> address = Optional.empty();

  @Option(
      names = "--beyond-loopback",
      description = "Allow a target on another machine. Ask its owner first.")
  private boolean beyond;

  @Option(
      names = "--tls-roots",
      paramLabel = "FILE",
      description = "Call it by TLS; who signs its certificate, PEM.")
  private Optional<Path> tlsRoots = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "Holds the token that it asks for.")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--tool",
      description = "ghz (for gRPC, where it is installed), own (for json) or jmeter.")
  private Optional<String> toolName = Optional.empty();

  @Option(names = "--ghz", hidden = true)
  private Optional<String> ghz = Optional.empty();

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "So many clients share the load; their histograms are added up.")
  private int workers;

  @Option(
      names = "--share-of",
      paramLabel = "N",
      description = {
        "Run one Nth of the load: for several machines, whose runs loadtest/run merge adds up."
      })
  private Optional<Integer> shareOf = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "3",
      description = "Before anything is recorded (${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  public Integer call() throws Exception {
    Scenario scenario =
        wanted.orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "SCENARIO: none given (expected: constant, ramp, stress or soak)"));
    Load whole = settings(() -> loads.load(scenario));
    Thresholds thresholds = settings(() -> limits.thresholds(scenario));
    Target target = settings(this::target);
    Requests requests = settings(this::readRows);
    Optional<Outcome> earlier = settings(() -> keeping.earlier(whole.name()));
    Tool tool = settings(() -> tool(whole));
    Load load = shareOf.map(whole::share).orElse(whole);
    PrintWriter out = spec.commandLine().getOut();
    String model = new TargetCheck(target, requests.rows()).modelVersion(load.call());
    out.println(target + " is ready, model version " + model + "; " + requests.rows().origin());
    String busy = Machine.busy();
    Path work = Files.createTempDirectory("alta-loadtest");
    try {
      warmUp(load, target, requests, work);
      Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      out.println(words(load) + " by " + tool.words());
      List<Recording> parts = new Workers(tool, target, requests, work).run(load, workers);
      Facts facts = facts(load, tool, target, model, requests, started, Machine.words() + busy);
      return new Keeping(keeping, limits, thresholds, earlier, out).keep(facts, parts);
    } finally {
      delete(work);
    }
  }

  private Target target() {
    return address
        .map(one -> Target.of(one, beyond))
        .orElse(Target.usual(loads.call()))
        .with(Access.of(tlsRoots, tokenFile));
  }

  private Requests readRows() {
    try {
      return rows.requests();
    } catch (IOException wrong) {
      throw new IllegalArgumentException("--csv: " + wrong.getMessage(), wrong);
    }
  }

  private Tool tool(Load load) {
    int sharers = workers * shareOf.orElse(1);
    if (workers < 1 || sharers < 1 || sharers > 64) {
      throw new IllegalArgumentException(
          "--workers: " + workers + " (expected: from 1 to 64, those of --share-of included)");
    }
    if (warmUp < 0 || warmUp > 60) {
      throw new IllegalArgumentException("--warm-up: " + warmUp + " (expected: from 0 to 60)");
    }
    try {
      Tool tool = Tools.find(toolName, load.call(), ghz);
      String refused = tool.refuses(load.share(sharers));
      if (!refused.isEmpty()) {
        throw new IllegalArgumentException(refused);
      }
      return tool;
    } catch (IOException missing) {
      throw new IllegalArgumentException("--tool: " + missing.getMessage(), missing);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private void warmUp(Load load, Target target, Requests requests, Path work)
      throws InterruptedException {
    if (warmUp > 0) {
      double most = (double) WARM_UP_MOST_PER_SECOND / load.call().rows();
      new OwnClient()
          .run(
              new Load(
                  load.scenario(),
                  load.call(),
                  new Schedule(most, 1, warmUp),
                  WARM_UP_AT_ONCE,
                  load.connections(),
                  load.patience()),
              target,
              requests,
              work);
    }
  }

  private String words(Load load) {
    String how =
        load.isOpen()
            ? "open loop, up to " + Math.round(load.schedule().perSecond()) + " requests a second"
            : "closed loop, " + load.atOnce() + " at once";
    return load.name() + ": " + how + ", " + load.schedule().seconds() + " s, workers: " + workers;
  }

  private Facts facts(
      Load load,
      Tool tool,
      Target target,
      String model,
      Requests requests,
      Instant started,
      String machine) {
    return new Facts(
        KeepOptions.id(started, load.name()),
        load.scenario().word(),
        load.call().word(),
        load.isOpen() ? "open" : "closed",
        load.atOnce(),
        load.schedule().perSecond(),
        load.schedule().steps(),
        load.schedule().stepSeconds(),
        load.call().rows(),
        tool.words(),
        workers,
        target.toString(),
        model,
        requests.rows().origin() + (requests.hypothetical() ? ", hypothetical" : ""),
        started.toString(),
        machine);
  }

  private interface Read<T> {
    T read() throws IOException;
  }

  private <T> T settings(Read<T> read) {
    try {
      return read.read();
    } catch (IllegalArgumentException | IOException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (IOException stays) {
                  throw new UncheckedIOException(stays);
                }
              });
    }
  }
}
