package dev.alta.app.view;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.drift.DriftTally;
import dev.alta.core.drift.ScoreDrift;
import dev.alta.database.Database;
import dev.alta.database.ServedPrediction;
import dev.alta.model.bundle.RiskGauge;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.DriftSheet;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.live.TrainingProfile;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The latest answers of the log beside what the champion was made from. As the scorer's own watch
 * does it, by the same tallies; but over all scorers, and also right after a start. What was read
 * is good for some seconds: several people who look at once are one reading.
 */
final class LatestDrift {
  private static final int WINDOW = 5_000;
  private static final Duration GOOD_FOR = Duration.ofSeconds(5);

  /** What is compared with. */
  private record Basis(
      Alias champion, Manifest manifest, Optional<DataProfile> profile, RiskGauge gauge) {}

  private record Read(long atNanos, Optional<DriftSheet> sheet) {}

  private final Contract contract;
  private final Database database;
  private final Supplier<Registry> registry;
  private final LongSupplier nanos;
  private final Cleaner cleaner;
  private @Nullable Registry open;
  private @Nullable Basis basis;
  private @Nullable Read read;

  LatestDrift(
      Contract contract, Database database, Supplier<Registry> registry, LongSupplier nanos) {
    this.contract = contract;
    this.database = database;
    this.registry = registry;
    this.nanos = nanos;
    this.cleaner = new Cleaner(contract);
  }

  /** Empty where there is no champion. */
  synchronized Optional<DriftSheet> sheet() {
    long now = nanos.getAsLong();
    Read before = read;
    if (before != null && now - before.atNanos() < GOOD_FOR.toNanos()) {
      return before.sheet();
    }
    Registry opened = registry();
    Optional<DriftSheet> sheet =
        opened.alias(Alias.CHAMPION).map(champion -> compare(opened, basis(opened, champion)));
    read = new Read(now, sheet);
    return sheet;
  }

  /** Opened once; until that succeeds, whoever asks is told that it is away. */
  private Registry registry() {
    Registry found = open;
    if (found == null) {
      found = registry.get();
      open = found;
    }
    return found;
  }

  private Basis basis(Registry opened, Alias champion) {
    Basis known = basis;
    if (known != null && known.champion().equals(champion)) {
      return known;
    }
    StoredModel model = opened.load(champion);
    Basis found =
        new Basis(
            champion,
            model.manifest(),
            TrainingProfile.of(contract, opened, database.cleanData(), model.manifest()),
            new RiskGauge(model.model().getRiskScale()));
    basis = found;
    return found;
  }

  private DriftSheet compare(Registry opened, Basis with) {
    String version = with.manifest().getVersion();
    ScoreDrift scores = new ScoreDrift(with.manifest().getValidation().getRows());
    DriftTally inputs = new DriftTally(contract, with.profile().orElseGet(() -> nothing(contract)));
    Span span = new Span();
    database
        .servedPredictions()
        .readLatest(
            opened.name(),
            WINDOW,
            prediction -> {
              span.add(prediction.at());
              if (cleaner.clean(prediction.encounter()) instanceof Cleaned.Kept kept) {
                inputs.add(kept.row());
              }
              if (prediction.version().equals(version)) {
                scores.add(with.gauge().percentile(mostUrgent(prediction)));
              }
            });
    return DriftSheets.of(
        contract, version, inputs.drift(), scores.drift(), span.first(), span.last());
  }

  /** Of a champion whose rows nobody has described: then no column can be compared. */
  private static DataProfile nothing(Contract contract) {
    return DataProfile.newBuilder().setContract(contract.name()).build();
  }

  private static float mostUrgent(ServedPrediction prediction) {
    return prediction.probabilities().get(prediction.probabilities().size() - 1).floatValue();
  }
}
