package dev.alta.app.view;

import dev.alta.core.life.DaemonThreads;
import dev.alta.database.DatabaseException;
import dev.alta.database.PipelineFigures;
import dev.alta.database.PipelineFigures.CleanRows;
import dev.alta.database.PipelineFigures.LedgerFigures;
import dev.alta.database.PipelineFigures.OfKind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how the pipelines stand: runs and workflows by kind and standing with the moments of their
 * last success and failure, the ledger, the rows of clean_data; and whether the database answers.
 * Pipelines come and go, and a scorer needs no database; the gateway is what is always there and
 * reads them anyway. Read every few seconds, not when somebody asks for the metrics; several
 * gateways show the same.
 */
public final class PipelineMeters implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PipelineMeters.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Supplier<PipelineFigures> reading;
  private final Kinds runs;
  private final Kinds workflows;
  private final MultiGauge ledgerRows;
  private final MultiGauge cleanRows;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("alta-pipeline-figures"));
  private volatile @Nullable PipelineFigures latest;
  private volatile boolean isUp;

  private PipelineMeters(Supplier<PipelineFigures> reading, MeterRegistry metrics) {
    this.reading = reading;
    this.runs = new Kinds("pipeline", metrics);
    this.workflows = new Kinds("workflow", metrics);
    this.ledgerRows =
        MultiGauge.builder("ledger.rows").description("Rows of all batches").register(metrics);
    this.cleanRows =
        MultiGauge.builder("clean.data.rows").description("Rows of clean_data").register(metrics);
    Gauge.builder("database.up", this, meters -> meters.isUp ? 1 : 0)
        .description("Whether the database answered when it was last asked")
        .register(metrics);
    ledger(metrics, "batches", "", "Batches", ledger -> (double) ledger.totals().batches());
    ledger(
        metrics,
        "batches.beyond.watermark",
        "",
        "Batches stored although one before them is not",
        ledger -> (double) ledger.beyondWatermark());
    ledger(
        metrics,
        "last.batch.timestamp",
        "seconds",
        "When the latest batch was stored; 0: never",
        ledger -> seconds(ledger.lastBatch()));
    Gauge.builder("clean.data.published.timestamp", this, PipelineMeters::published)
        .description("When clean_data was published; 0: never")
        .baseUnit("seconds")
        .register(metrics);
  }

  /** Reads now, and again every few seconds until this is closed. */
  public static PipelineMeters start(Supplier<PipelineFigures> reading, MeterRegistry metrics) {
    PipelineMeters meters = new PipelineMeters(reading, metrics);
    Future<?> unused =
        meters.thread.scheduleWithFixedDelay(
            meters::read, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return meters;
  }

  /** While the database is away, what was read last stays. */
  private void read() {
    PipelineFigures found;
    try {
      found = reading.get();
    } catch (DatabaseException away) {
      if (isUp) {
        log.warn("the database does not answer any more: {}", away.getMessage());
      }
      isUp = false;
      return;
    }
    isUp = true;
    latest = found;
    runs.show(found.runs());
    workflows.show(found.workflows());
    ledgerRows.register(
        rows(
            "outcome",
            Map.of(
                "accepted", found.ledger().totals().accepted(),
                "rejected", found.ledger().totals().rejected(),
                "duplicate", found.ledger().totals().duplicates())),
        true);
    cleanRows.register(
        rows("dataset", found.clean().map(CleanRows::bySide).orElse(Map.of())), true);
  }

  private void ledger(
      MeterRegistry metrics,
      String name,
      String unit,
      String description,
      ToDoubleFunction<LedgerFigures> figure) {
    Gauge.builder(
            "ledger." + name,
            this,
            meters -> {
              PipelineFigures read = meters.latest;
              return read == null ? Double.NaN : figure.applyAsDouble(read.ledger());
            })
        .description(description)
        .baseUnit(unit.isEmpty() ? null : unit)
        .register(metrics);
  }

  private double published() {
    PipelineFigures read = latest;
    return read == null ? Double.NaN : seconds(read.clean().map(CleanRows::published));
  }

  private static double seconds(Optional<Instant> moment) {
    return moment.map(at -> at.toEpochMilli() / 1e3).orElse(0.0);
  }

  private static List<MultiGauge.Row<?>> rows(String label, Map<String, Long> counts) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    counts.forEach((value, count) -> rows.add(MultiGauge.Row.of(Tags.of(label, value), count)));
    return rows;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** Runs or workflows. */
  private static final class Kinds {
    private final MultiGauge standings;
    private final MultiGauge successes;
    private final MultiGauge failures;

    Kinds(String what, MeterRegistry metrics) {
      this.standings =
          MultiGauge.builder(what + ".runs")
              .description("How many there are, by kind and standing")
              .register(metrics);
      this.successes =
          MultiGauge.builder(what + ".last.success.timestamp")
              .description("When the latest one that was done ended; 0: never")
              .baseUnit("seconds")
              .register(metrics);
      this.failures =
          MultiGauge.builder(what + ".last.failure.timestamp")
              .description("When the latest one failed or was last heard of; 0: never")
              .baseUnit("seconds")
              .register(metrics);
    }

    void show(List<OfKind> kinds) {
      List<MultiGauge.Row<?>> counts = new ArrayList<>();
      List<MultiGauge.Row<?>> succeeded = new ArrayList<>();
      List<MultiGauge.Row<?>> failed = new ArrayList<>();
      for (OfKind kind : kinds) {
        Tags tags = Tags.of("kind", kind.kind());
        kind.standings()
            .forEach(
                (standing, count) ->
                    counts.add(MultiGauge.Row.of(tags.and("state", standing), count)));
        succeeded.add(MultiGauge.Row.of(tags, seconds(kind.lastSuccess())));
        failed.add(MultiGauge.Row.of(tags, seconds(kind.lastFailure())));
      }
      standings.register(counts, true);
      successes.register(succeeded, true);
      failures.register(failed, true);
    }
  }
}
