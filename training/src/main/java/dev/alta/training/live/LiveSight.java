package dev.alta.training.live;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.drift.DriftTally;
import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.ServedPrediction;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at what was answered since a moment, version by version. The log is read once for what was
 * asked, and once for each version for what has an outcome.
 */
public final class LiveSight {
  private static final int ROWS_BETWEEN_REPORTS = 1_000;

  private static final class Served {
    private final Optional<Manifest> manifest;
    private final Optional<DriftTally> drift;
    private final PeriodTally periods;
    private long count;

    Served(Optional<Manifest> manifest, Optional<DriftTally> drift, PeriodTally periods) {
      this.manifest = manifest;
      this.drift = drift;
      this.periods = periods;
    }
  }

  private final Contract contract;
  private final Database database;
  private final Registry registry;
  private final Cleaner cleaner;
  private final int mostUrgent;

  public LiveSight(Contract contract, Database database, Registry registry) {
    this.contract = contract;
    this.database = database;
    this.registry = registry;
    this.cleaner = new Cleaner(contract);
    this.mostUrgent = contract.classes().size() - 1;
  }

  /**
   * Reads the log.
   *
   * @return each version that has answered since, the newest first
   */
  public List<LiveVersion> read(Instant since, Instant now, Progress progress) {
    Map<String, Served> versions = new HashMap<>();
    long[] rows = {0};
    database
        .servedPredictions()
        .read(
            registry.name(),
            since,
            prediction -> {
              count(
                  versions.computeIfAbsent(prediction.version(), v -> of(v, since, now)),
                  prediction);
              if (++rows[0] % ROWS_BETWEEN_REPORTS == 0) {
                progress.at("predictions", rows[0], 0);
              }
            });
    List<LiveVersion> found = new ArrayList<>();
    versions.forEach((version, served) -> found.add(judged(version, served, since)));
    found.sort(
        Comparator.comparingInt((LiveVersion v) -> number(v.version()).orElse(0)).reversed());
    return found;
  }

  private static Optional<Integer> number(String version) {
    return version.matches("[1-9][0-9]{0,8}")
        ? Optional.of(Integer.valueOf(version))
        : Optional.empty();
  }

  private Served of(String version, Instant since, Instant now) {
    Optional<Manifest> manifest = number(version).flatMap(registry::manifest);
    return new Served(
        manifest,
        manifest
            .flatMap(found -> TrainingProfile.of(contract, registry, database.cleanData(), found))
            .map(profile -> new DriftTally(contract, profile)),
        new PeriodTally(since, now));
  }

  private void count(Served served, ServedPrediction prediction) {
    served.count++;
    served.periods.served(prediction.at(), prediction.probabilities().get(mostUrgent));
    if (served.drift.isPresent()
        && cleaner.clean(prediction.encounter()) instanceof Cleaned.Kept kept) {
      served.drift.get().add(kept.row());
    }
  }

  private LiveVersion judged(String version, Served served, Instant since) {
    LiveScores scores =
        LiveScores.read(database.servedPredictions(), contract, registry.name(), version, since);
    for (int row = 0; row < scores.scores().rows(); row++) {
      served.periods.judged(
          scores.times().get(row),
          scores.scores().probability(row, mostUrgent),
          scores.scores().actual(row) == mostUrgent);
    }
    Evaluation test =
        served.manifest.map(Manifest::getTest).orElse(Evaluation.getDefaultInstance());
    Optional<String> shortage = Shortage.of(contract.classes(), scores.ofClass(), test);
    return new LiveVersion(
        version,
        served.manifest,
        served.count,
        served.periods.periods(),
        served.periods.isWeeks(),
        served.drift.map(DriftTally::drift),
        java.util.Arrays.stream(scores.ofClass()).boxed().toList(),
        shortage,
        shortage.isEmpty() ? Optional.of(LiveFigures.evaluate(contract, scores)) : Optional.empty(),
        scores);
  }
}
