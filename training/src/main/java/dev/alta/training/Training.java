package dev.alta.training;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.database.CleanData;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Evaluation;
import dev.alta.training.dataset.RowSource;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.leak.LeakCheck;
import dev.alta.training.parallel.Workers;
import dev.alta.training.search.FeatureLevel;
import dev.alta.training.search.Found;
import dev.alta.training.search.Search;
import dev.alta.training.search.SearchData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * Trains a model on what clean_data holds and puts it into the registry.
 *
 * <p>A version is only published once its flat trees were proved to compute what the trainer
 * computes, on every validation and test row, and its figures are not too good to be true.
 */
public final class Training {
  /** Name of the setting that says how many trials for each objective were allowed. */
  public static final String TRIALS = "search_trials";

  /** Name of the setting that says whether the model may read earlier encounters. */
  public static final String HISTORY = "history";

  // A single feature cannot honestly come as near to the limit as all of them together.
  private static final double FEATURE_BELOW_MODEL = 0.05;

  private final Contract contract;
  private final RowSource rows;
  private final Registry registry;

  /**
   * Trains on what was prepared.
   *
   * @param registry takes the new version; its name becomes the model's
   */
  public Training(Contract contract, CleanData data, Registry registry) {
    this(contract, each -> data.read(each).number(), registry);
  }

  /** Trains on rows from anywhere. */
  public Training(Contract contract, RowSource rows, Registry registry) {
    this.contract = contract;
    this.rows = rows;
    this.registry = registry;
  }

  /**
   * Trains a new version for each objective. None is promoted.
   *
   * @param progress hears of rows while they are read, of trials, and of versions
   * @throws dev.alta.training.leak.LeakageException if the figures are too good to be true; then
   *     nothing is published
   * @throws IllegalStateException if there are no rows, or the kernel and the trainer disagree
   * @throws InterruptedException if the thread is interrupted; then nothing is published
   */
  public TrainingResult train(TrainingSettings settings, Progress progress)
      throws InterruptedException {
    long start = System.nanoTime();
    TrainingData data =
        TrainingData.read(
            contract,
            rows,
            column -> settings.history() || column.history() == null,
            FeatureLevel.FINEST_MIN_ROWS,
            progress);
    LeakCheck.ofData(data, contract.classes(), settings.highestAuroc() - FEATURE_BELOW_MODEL);
    SearchData searched =
        new SearchData(
            contract, data.encoder(), data.vectors(Side.TRAIN), data.vectors(Side.VALIDATION));
    List<Found> found = new Search(searched, settings.search()).run(progress);
    List<Callable<FinalTrees>> growing = new ArrayList<>();
    for (Found best : found) {
      growing.add(
          () ->
              FinalTrees.grow(
                  contract, data, searched.choose(best.features()), best, settings.seed()));
    }
    Baseline baseline = new Baseline(contract, data, searched, settings);
    List<FinalTrees> grown;
    Evaluation ofBaseline;
    try (Workers workers = new Workers(settings.threads())) {
      Future<Evaluation> later = workers.start(baseline::evaluate);
      grown = workers.all(growing);
      ofBaseline = Workers.result(later);
    }
    VersionWriter writer = new VersionWriter(contract, data, settings, ofBaseline, registry);
    return writer.write(grown, () -> (System.nanoTime() - start) / 1e9, progress);
  }
}
