package dev.alta.training.leak;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.model.kernel.Softmax;
import dev.alta.model.kernel.TreeKernel;
import dev.alta.training.dataset.RowFacts;
import dev.alta.training.dataset.RowSource;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Evaluator;
import dev.alta.training.evaluate.Scores;
import dev.alta.training.trees.TreeSettings;
import dev.alta.training.trees.TreeTrainer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates on the data at hand as it should be done, and in three ways that are often seen and let
 * test rows into the training. The same settings are used for all, so that what differs is what the
 * leak claims.
 */
public final class LeakageTrials {
  private static final Logger log = LoggerFactory.getLogger(LeakageTrials.class);
  // Of five parts of the rows.
  private static final int PARTS = 5;
  private static final int TRAINING_PARTS = 3;

  /** Learned from, and judged by. */
  private record Sides(Vectors train, Vectors test) {}

  private final Contract contract;
  private final RowSource source;
  private final TreeSettings trees;
  private final int minRowsOfValue;
  private final long seed;

  /**
   * Prepares.
   *
   * @param source rows of all sides
   * @param trees how the trees of all trials are grown
   * @param minRowsOfValue training rows that a category's value needs for a feature of its own
   */
  public LeakageTrials(
      Contract contract, RowSource source, TreeSettings trees, int minRowsOfValue, long seed) {
    this.contract = contract;
    this.source = source;
    this.trees = trees;
    this.minRowsOfValue = minRowsOfValue;
    this.seed = seed;
  }

  /**
   * Trains and judges four times.
   *
   * @param progress hears of each that is finished
   * @return the honest one first
   */
  public List<LeakageTrial> run(Progress progress) {
    TrainingData data = read(source);
    LeakageTrial honest =
        trial(
            "split by patient",
            "All encounters of a patient are on one side. Alta does it so.",
            "",
            new Sides(data.vectors(Side.TRAIN), data.vectors(Side.TEST)));
    progress.at("trials", 1, 4);
    LeakageTrial byRow = byRow();
    progress.at("trials", 2, 4);
    LeakageTrial resampled =
        trial(
            "oversampled, then split",
            "The most urgent class is filled up with rows made up between two of its own (SMOTE),"
                + " and then the rows are dealt out.",
            "The made-up rows look like no real ones, and a test row has its neighbours, or itself,"
                + " among the rows learned from. Many of the rows tested are made up"
                + " themselves.",
            resampled(data));
    progress.at("trials", 3, 4);
    LeakageTrial counted =
        trial(
            "later visits counted",
            "How many encounters the patient has in the whole file is a column.",
            "That is known only afterwards: who comes back has one more for it.",
            counted(data));
    progress.at("trials", 4, 4);
    return List.of(honest, byRow, resampled, counted);
  }

  private TrainingData read(RowSource rows) {
    return TrainingData.read(contract, rows, minRowsOfValue, Progress.UNWATCHED);
  }

  private LeakageTrial byRow() {
    TrainingData data =
        read(
            each ->
                source.read((side, row) -> each.accept(sideOfRow(row.whole(contract.key())), row)));
    return trial(
        "split by row",
        "Rows are dealt out one by one, without regard to patients.",
        "Encounters of the same patient are on both sides: what is remembered of a patient counts as"
            + " learned.",
        new Sides(data.vectors(Side.TRAIN), data.vectors(Side.TEST)));
  }

  private Side sideOfRow(long key) {
    int place = new SplittableRandom(seed ^ key).nextInt(PARTS);
    return place < TRAINING_PARTS
        ? Side.TRAIN
        : place == TRAINING_PARTS ? Side.VALIDATION : Side.TEST;
  }

  private Sides resampled(TrainingData data) {
    Vectors all = Oversampling.fillUp(together(data), contract.classes().size(), seed);
    int[] parts = new SplittableRandom(seed).ints(all.rows(), 0, PARTS).toArray();
    return new Sides(
        some(all, row -> parts[row] < TRAINING_PARTS), some(all, row -> parts[row] == PARTS - 1));
  }

  /** The rows of all sides. */
  private static Vectors together(TrainingData data) {
    int rows = Arrays.stream(Side.values()).mapToInt(side -> data.vectors(side).rows()).sum();
    int features = data.encoder().size();
    Vectors all = new Vectors(features, rows);
    float[] vector = new float[features];
    for (Side side : Side.values()) {
      Vectors ofSide = data.vectors(side);
      for (int row = 0; row < ofSide.rows(); row++) {
        ofSide.copy(row, vector);
        all.add(vector, ofSide.actualClass(row));
      }
    }
    return all;
  }

  private static Vectors some(Vectors all, IntPredicate which) {
    int count = (int) IntStream.range(0, all.rows()).filter(which).count();
    Vectors some = new Vectors(all.features(), count);
    float[] vector = new float[all.features()];
    for (int row = 0; row < all.rows(); row++) {
      if (which.test(row)) {
        all.copy(row, vector);
        some.add(vector, all.actualClass(row));
      }
    }
    return some;
  }

  private Sides counted(TrainingData data) {
    Map<Long, Integer> encounters = new HashMap<>();
    for (Side side : Side.values()) {
      RowFacts facts = data.facts(side);
      for (int row = 0; row < facts.rows(); row++) {
        encounters.merge(facts.patient(row), 1, Integer::sum);
      }
    }
    return new Sides(
        withCount(data, Side.TRAIN, encounters), withCount(data, Side.TEST, encounters));
  }

  private static Vectors withCount(TrainingData data, Side side, Map<Long, Integer> encounters) {
    Vectors rows = data.vectors(side);
    Vectors more = new Vectors(rows.features() + 1, rows.rows());
    float[] vector = new float[more.features()];
    for (int row = 0; row < rows.rows(); row++) {
      rows.copy(row, vector);
      vector[rows.features()] = encounters.getOrDefault(data.facts(side).patient(row), 0);
      more.add(vector, rows.actualClass(row));
    }
    return more;
  }

  private LeakageTrial trial(String name, String words, String why, Sides sides) {
    log.info("{}: {} training rows", name, sides.train().rows());
    int classes = contract.classes().size();
    TreeKernel kernel =
        TreeKernel.of(
            TreeTrainer.train(sides.train(), classes, trees, seed).forest(),
            sides.train().features());
    Scores scores = new Scores(classes, sides.test().rows());
    float[] vector = new float[kernel.features()];
    float[] outputs = new float[classes];
    double[] probabilities = new double[classes];
    for (int row = 0; row < sides.test().rows(); row++) {
      sides.test().copy(row, vector);
      kernel.margins(vector, outputs);
      Softmax.apply(outputs);
      for (int c = 0; c < classes; c++) {
        probabilities[c] = outputs[c];
      }
      scores.add(probabilities, sides.test().actualClass(row));
    }
    return new LeakageTrial(
        name, words, why, sides.train().rows(), Evaluator.evaluate("test", scores));
  }
}
