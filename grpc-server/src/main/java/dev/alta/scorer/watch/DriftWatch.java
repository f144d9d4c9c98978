package dev.alta.scorer.watch;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.core.contract.Contract;
import dev.alta.core.drift.ColumnDrift;
import dev.alta.core.drift.DriftTally;
import dev.alta.core.drift.InputDrift;
import dev.alta.core.drift.ScoreDrift;
import dev.alta.core.life.DaemonThreads;
import dev.alta.model.registry.StoreException;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Manifest;
import dev.alta.scorer.log.Answered;
import dev.alta.scorer.predict.Admission;
import dev.alta.scorer.predict.Admitted;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the latest answered encounters, and their scores, with those that the model was made
 * from: the population stability index of each column and of the score, over a window that slides
 * with the answers. Of many answers a second only some are looked at. Off the way of the answer.
 */
public final class DriftWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DriftWatch.class);
  private static final int WINDOW = 5_000;
  // Of answers that come together, each such one.
  private static final int OF_A_BATCH = 16;

  private final Contract contract;
  private final Admission admission;
  private final Supplier<Optional<Manifest>> current;
  private final Function<Manifest, Optional<DataProfile>> profiles;
  private final MultiGauge columns;
  private final long gapNanos;
  private final AtomicLong nextAt = new AtomicLong(System.nanoTime());
  private final Deque<Answered> window = new ArrayDeque<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("alta-drift"));
  private volatile double scorePsi;
  private volatile long rows;
  private @Nullable Manifest model;
  private Optional<DataProfile> profile = Optional.empty();

  /**
   * Takes its parts; nothing is compared before {@link #start}.
   *
   * @param admission makes answered encounters into rows, as it did when they were answered
   * @param current the model that answers
   * @param profiles how the rows were distributed that a model was made from; empty where that is
   *     not known
   * @param gap between two answers that are looked at, at least
   */
  public DriftWatch(
      Contract contract,
      Admission admission,
      Supplier<Optional<Manifest>> current,
      Function<Manifest, Optional<DataProfile>> profiles,
      Duration gap,
      MeterRegistry metrics) {
    this.gapNanos = gap.toNanos();
    this.contract = contract;
    this.admission = admission;
    this.current = current;
    this.profiles = profiles;
    this.columns =
        MultiGauge.builder("input.drift.psi")
            .description("Population stability index of a column against the model's profile")
            .register(metrics);
    Gauge.builder("score.drift.psi", this, watch -> watch.scorePsi)
        .description("Population stability index of the scores against the validation rows")
        .register(metrics);
    Gauge.builder("drift.window.rows", this, watch -> watch.rows)
        .description("Latest answers that are compared")
        .register(metrics);
  }

  /** Compares every so often. */
  public void start(Duration every) {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            this::compare, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Takes note of some answers, if it is time for them. */
  public void seen(List<Answered> answered) {
    long now = System.nanoTime();
    long due = nextAt.get();
    if (now - due >= 0 && nextAt.compareAndSet(due, now + gapNanos)) {
      synchronized (window) {
        for (int i = 0; i < answered.size(); i += OF_A_BATCH) {
          if (window.size() == WINDOW) {
            window.removeFirst();
          }
          window.addLast(answered.get(i));
        }
      }
    }
  }

  /** How many answers are in the window. */
  int rows() {
    synchronized (window) {
      return window.size();
    }
  }

  /** Compares the window as it is now. */
  void compare() {
    Optional<Manifest> answering = current.get();
    if (answering.isEmpty() || !knows(answering.get())) {
      return;
    }
    List<Answered> answers;
    synchronized (window) {
      answers = List.copyOf(window);
    }
    compare(answering.get(), answers);
  }

  private void compare(Manifest with, List<Answered> answers) {
    ScoreDrift scores = new ScoreDrift(with.getValidation().getRows());
    answers.stream()
        .filter(answered -> answered.modelVersion().equals(with.getVersion()))
        .forEach(answered -> scores.add(answered.riskPercentile()));
    scorePsi = scores.drift().psi();
    rows = answers.size();
    profile.ifPresent(
        reference -> {
          DriftTally tally = new DriftTally(contract, reference);
          answers.forEach(answered -> add(tally, answered));
          show(tally.drift());
        });
  }

  private void add(DriftTally tally, Answered answered) {
    if (admission.admit(read(answered.encounter())) instanceof Admitted.Case one) {
      tally.add(one.cleaned());
    }
  }

  private static Encounter read(ByteString encounter) {
    try {
      return Encounter.parseFrom(encounter);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException("an answered encounter cannot be read", impossible);
    }
  }

  private void show(InputDrift drift) {
    List<MultiGauge.Row<?>> shown =
        drift.columns().stream()
            .<MultiGauge.Row<?>>map(
                column -> MultiGauge.Row.of(Tags.of("column", column.column()), psi(column)))
            .toList();
    columns.register(shown, true);
  }

  /** With few rows the index is high by chance alone; that much is none. */
  private static double psi(ColumnDrift column) {
    return column.psi() > column.chance() ? column.psi() : 0;
  }

  /** Whether the model's profile was looked for. */
  private boolean knows(Manifest answering) {
    if (answering.equals(model)) {
      return true;
    }
    try {
      profile =
          profiles.apply(answering).filter(found -> found.getContract().equals(contract.name()));
    } catch (StoreException away) {
      log.debug("the profile of version {} is looked for later: {}", answering.getVersion(), away);
      return false;
    }
    model = answering;
    return true;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
