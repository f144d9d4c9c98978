package dev.alta.loadtest.soak;

import dev.alta.load.record.Samples;
import dev.alta.load.report.Check;
import dev.alta.load.rows.Requests;
import dev.alta.load.rows.Rows;
import dev.alta.load.scenario.Call;
import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Scenario;
import dev.alta.load.scenario.Schedule;
import dev.alta.load.target.Caller;
import dev.alta.load.target.Target;
import dev.alta.load.target.TargetCheck;
import dev.alta.load.tool.OwnClient;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One soak, from an empty folder to its result. */
final class Soak {
  private static final int ROWS = 2_048;
  private static final long SEED = 1;
  private static final int AT_ONCE = 16;
  private static final int MOST_PER_SECOND = 50_000;
  private static final int WARM_UP_SECONDS = 30;
  private static final int CAPACITY_SECONDS = 15;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(15);

  /**
   * What was seen.
   *
   * @param capacity requests a second in a closed loop
   * @param perSecond requests a second that were due
   * @param watched by process, then by figure: one for each quarter
   * @param acknowledged predictions that were answered, the warm-up's included
   * @param logged rows of inference_log
   */
  record Result(
      SoakSettings settings,
      double capacity,
      double perSecond,
      Quarters quarters,
      Map<String, Map<Figure, List<Long>>> watched,
      List<Long> spools,
      int swaps,
      int restarts,
      long acknowledged,
      long logged,
      List<Check> checks) {}

  private final Path folder;
  private final SoakSettings settings;
  private final Requests requests = new Requests(Rows.generate(ROWS, SEED), false);
  private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
  private long acknowledged;

  /**
   * Of one run.
   *
   * @param folder empty
   */
  Soak(Path folder, SoakSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  Result run() throws IOException, InterruptedException, SQLException {
    say("making data and a first model, and starting the servers");
    try (SoakedAlta alta = new SoakedAlta(folder, settings)) {
      Target target = alta.target();
      Versions versions =
          new Versions(new TargetCheck(target, requests.rows()).modelVersion(Call.JSON));
      say("warming up for %d s", WARM_UP_SECONDS);
      double cold = closedLoop(target, WARM_UP_SECONDS);
      double capacity = closedLoop(target, CAPACITY_SECONDS);
      double perSecond = settings.share() * capacity;
      say("%,.0f requests a second cold, %,.0f warm; now %,.0f", cold, capacity, perSecond);
      long nanosOfQuarter = settings.length().toNanos() / SoakSettings.QUARTERS;
      Quarters quarters = new Quarters(nanosOfQuarter);
      List<Watched> processes = List.of(alta.scorer(), alta.gateway());
      try (Caller caller = Caller.to(target, requests, load(0, settings.length().toSeconds()));
          Watch watch =
              new Watch(
                  processes, alta.scorer().metricsPort(), folder, nanosOfQuarter, this::trouble)) {
        // Once before: what the first one leaves behind in the process is there for all quarters.
        watch.collect();
        Upkeep upkeep = new Upkeep(alta, settings, versions, this::trouble, this::say);
        try (upkeep) {
          new Traffic(caller, versions, quarters, upkeep::isQuiet)
              .run(perSecond, settings.length(), upkeep::end, PATIENCE);
        }
        acknowledged += quarters.answered();
        say("the load is over; waiting for predictions to come into the database");
        awaitDrained(alta.scorer());
        return result(
            capacity, perSecond, quarters, watch, processes, versions, upkeep, alta.database());
      }
    }
  }

  private Result result(
      double capacity,
      double perSecond,
      Quarters quarters,
      Watch watch,
      List<Watched> processes,
      Versions versions,
      Upkeep upkeep,
      HomeDatabase database)
      throws IOException, SQLException {
    Map<String, Map<Figure, List<Long>>> watched = new LinkedHashMap<>();
    processes.forEach(process -> watched.put(process.name(), Figure.of(watch, process)));
    long logged = database.predictions();
    List<Check> checks = new ArrayList<>();
    checks.add(Rules.none("failed requests", quarters.failed()));
    checks.add(Rules.none("answers of a wrong version", versions.wrong()));
    checks.add(Rules.same("swaps seen", versions.swaps(), "promotions", versions.promotions()));
    checks.add(Rules.some("swaps", versions.swaps()));
    checks.add(Rules.some("restarts of the database", upkeep.restarts()));
    checks.add(
        Rules.same("rows in inference_log", logged, "predictions acknowledged", acknowledged));
    checks.addAll(Rules.flat(watched, watch.spools()));
    checks.addAll(Rules.latencies("", quarters.all()));
    checks.addAll(Rules.latencies(" outside of trainings and swaps", quarters.quiet()));
    checks.add(Rules.none("commands and looks that failed", troubles.size()));
    return new Result(
        settings,
        capacity,
        perSecond,
        quarters,
        watched,
        watch.spools(),
        versions.swaps(),
        upkeep.restarts(),
        acknowledged,
        logged,
        checks);
  }

  /** Answers a second where each of some callers asks again once it has its answer. */
  private double closedLoop(Target target, int seconds) throws IOException, InterruptedException {
    Samples samples =
        new OwnClient().run(load(AT_ONCE, seconds), target, requests, folder.resolve("client"));
    long answered = Traffic.answered(samples);
    acknowledged += answered;
    return (double) answered / seconds;
  }

  private static Load load(int atOnce, long seconds) {
    return new Load(
        Scenario.SOAK,
        Call.JSON,
        new Schedule(MOST_PER_SECOND, 1, (int) seconds),
        atOnce,
        AT_ONCE,
        PATIENCE);
  }

  /** Until nothing is left in the spool. */
  private void awaitDrained(Watched scorer) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
    while (waiting(scorer) > 0) {
      if (System.nanoTime() > end) {
        trouble(waiting(scorer) + " predictions still wait for the database");
        return;
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private static long waiting(Watched scorer) throws IOException, InterruptedException {
    Scrape scrape = Scrape.of(scorer.metricsPort());
    return scrape.sum("inference_log_queue_depth", "")
        + scrape.sum("inference_log_spool_depth", "");
  }

  private void trouble(String what) {
    troubles.add(what);
    say("%s", what);
  }

  private void say(String format, Object... arguments) {
    System.err.println("soak: " + String.format(Locale.ROOT, format, arguments));
  }
}
