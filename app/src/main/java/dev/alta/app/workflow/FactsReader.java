package dev.alta.app.workflow;

import dev.alta.app.workflow.RetrainFacts.Arrived;
import dev.alta.app.workflow.RetrainFacts.Champion;
import dev.alta.app.workflow.RetrainFacts.Live;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.drift.DriftTally;
import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.Generation;
import dev.alta.database.LedgerEntry;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Provenance;
import dev.alta.training.Training;
import dev.alta.training.live.ColumnWeights;
import dev.alta.training.live.LiveAuroc;
import dev.alta.training.live.TrainingProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds out what a decision about training again needs. Changes nothing. */
final class FactsReader {
  private final Contract contract;
  private final Database database;
  private final Registry registry;
  private final String codeVersion;
  private final Clock clock;

  FactsReader(Bench bench) {
    this.contract = bench.contract();
    this.database = bench.database();
    this.registry = bench.registry();
    this.codeVersion = bench.codeVersion();
    this.clock = bench.clock();
  }

  /**
   * Reads the ledger, the rows that are new, the log with its outcomes, and the champion.
   *
   * @param progress hears of new rows while they are read
   */
  RetrainFacts read(RetrainSettings settings, Progress progress) {
    Instant now = clock.instant();
    Optional<Alias> alias = registry.alias(Alias.CHAMPION);
    if (alias.isEmpty()) {
      return new RetrainFacts(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          new Arrived.Unknown("no champion"),
          new Live.TooFew("no champion"),
          now);
    }
    StoredModel champion = registry.load(alias.get());
    Manifest manifest = champion.manifest();
    Optional<DataProfile> profile =
        TrainingProfile.of(contract, registry, database.cleanData(), manifest);
    Instant since = now.minus(Duration.ofDays(settings.limits().liveDays()));
    return new RetrainFacts(
        Optional.of(
            new Champion(
                champion.version(),
                Instant.parse(manifest.getCreatedAt()),
                manifest.getTest().getMeanAuroc(),
                ColumnWeights.of(champion.model()))),
        sameData(settings),
        SchemaChange.between(contract, manifest.getSignatureList(), profile),
        arrived(manifest, profile, progress),
        live(manifest, since),
        now);
  }

  /** A version made from what was prepared last, where nothing was ingested since. */
  private Optional<Integer> sameData(RetrainSettings settings) {
    Optional<Generation> latest = database.cleanData().latestGeneration();
    long rows = database.rawData().batches().stream().mapToLong(LedgerEntry::accepted).sum();
    if (latest.isEmpty() || latest.get().rowsRead() != rows) {
      return Optional.empty();
    }
    return registry.versions().stream()
        .filter(
            version ->
                registry
                    .manifest(version)
                    .map(Manifest::getProvenance)
                    .filter(from -> isSame(from, latest.get(), settings))
                    .isPresent())
        .findFirst();
  }

  private boolean isSame(Provenance from, Generation generation, RetrainSettings settings) {
    return from.getDataGeneration() == generation.number()
        && from.getSeed() == settings.seed()
        && from.getSettingsOrDefault(Training.TRIALS, "")
            .equals(Integer.toString(settings.trials()))
        && from.getCodeVersion().equals(codeVersion);
  }

  private Arrived arrived(Manifest champion, Optional<DataProfile> profile, Progress progress) {
    long number = champion.getProvenance().getDataGeneration();
    Optional<Generation> generation = database.cleanData().generation(number);
    if (generation.isEmpty() || profile.isEmpty()) {
      return new Arrived.Unknown(
          "this database has no profile of generation "
              + number
              + ", which the champion was trained on");
    }
    int batches = profile.get().getBatchesCount();
    long last = batches == 0 ? 0 : profile.get().getBatches(batches - 1).getLastBatch();
    List<LedgerEntry> fresh =
        database.rawData().batches().stream().filter(entry -> entry.batchId() > last).toList();
    long rows = fresh.stream().mapToLong(LedgerEntry::accepted).sum();
    DriftTally drift = new DriftTally(contract, profile.get());
    Cleaner cleaner = new Cleaner(contract);
    long done = 0;
    for (LedgerEntry entry : fresh) {
      progress.at("new rows", done, rows);
      database
          .rawData()
          .read(
              entry.batchId(),
              row -> {
                if (cleaner.clean(row) instanceof Cleaned.Kept kept) {
                  drift.add(kept.row());
                }
              });
      done += entry.accepted();
    }
    return new Arrived.Known(rows, generation.get().rowsRead(), drift.drift());
  }

  private Live live(Manifest champion, Instant since) {
    LiveAuroc found = LiveAuroc.of(database.servedPredictions(), contract, champion, since);
    if (found instanceof LiveAuroc.Measured measured) {
      return new Live.Measured(
          measured.auroc(), measured.low(), measured.high(), measured.outcomes());
    }
    return new Live.TooFew(((LiveAuroc.TooFew) found).why());
  }
}
