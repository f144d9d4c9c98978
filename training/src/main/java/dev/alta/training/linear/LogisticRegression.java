package dev.alta.training.linear;

import dev.alta.proto.v1.Linear;
import dev.alta.proto.v1.Link;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Scores;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Multinomial logistic regression through Tribuo, by stochastic gradient descent. */
public final class LogisticRegression {
  private static final Logger log = LoggerFactory.getLogger(LogisticRegression.class);
  private static final double FIRST_STEP = 0.05;
  private static final double EPSILON = 1e-6;
  private static final int EPOCHS = 10;
  private static final int ROWS_OF_A_STEP = 64;
  // More rows no longer move so few weights, and would only cost memory.
  private static final int MOST_ROWS = 200_000;

  private final ScaledRows scale;
  private final LinearSGDModel model;
  private final int classes;

  private LogisticRegression(ScaledRows scale, LinearSGDModel model, int classes) {
    this.scale = scale;
    this.model = model;
    this.classes = classes;
  }

  /**
   * Trains. Of more than 200,000 rows, every second, third … is used, so that no more are left.
   *
   * @param classes how many there are
   */
  public static LogisticRegression train(Vectors rows, int classes, long seed) {
    ScaledRows scale = ScaledRows.of(rows);
    MutableDataset<Label> dataset =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(
                "clean_data", Instant.EPOCH.atOffset(ZoneOffset.UTC), new LabelFactory()),
            new LabelFactory());
    int step = (rows.rows() + MOST_ROWS - 1) / MOST_ROWS;
    for (int row = 0; row < rows.rows(); row += step) {
      dataset.add(scale.example(rows, row));
    }
    log.info("fitting logistic regression on {} of {} rows", dataset.size(), rows.rows());
    LinearSGDTrainer trainer =
        new LinearSGDTrainer(
            new LogMulticlass(),
            new AdaGrad(FIRST_STEP, EPSILON),
            EPOCHS,
            dataset.size(),
            ROWS_OF_A_STEP,
            seed);
    return new LogisticRegression(scale, trainer.train(dataset), classes);
  }

  /** The probabilities of rows with the same features. */
  public Scores score(Vectors rows) {
    Scores scores = new Scores(classes, rows.rows());
    double[] probabilities = new double[classes];
    for (int row = 0; row < rows.rows(); row++) {
      Map<String, Label> found = model.predict(scale.example(rows, row)).getOutputScores();
      Arrays.setAll(probabilities, c -> probability(found, c));
      scores.add(probabilities, rows.actualClass(row));
    }
    return scores;
  }

  /**
   * What it has learned, in the product's own form: features as in the vectors, classes as in the
   * contract.
   *
   * @throws IllegalStateException if a class never occurred
   */
  public Linear linear() {
    DenseMatrix weights = model.getWeightsCopy();
    ImmutableFeatureMap known = model.getFeatureIDMap();
    int[] rows = new int[classes];
    Arrays.setAll(rows, this::rowOf);
    Linear.Builder linear = Linear.newBuilder().setLink(Link.SOFTMAX);
    for (int row : rows) {
      // Tribuo keeps the bias behind the features.
      linear.addBias(weights.get(row, known.size()));
    }
    scale.addTo(linear);
    for (int feature = 0; feature < linear.getMeanCount(); feature++) {
      int column = known.getID(scale.name(feature));
      for (int row : rows) {
        // A feature that no training row had is not known.
        linear.addWeight(column < 0 ? 0 : weights.get(row, column));
      }
    }
    return linear.build();
  }

  private int rowOf(int ofClass) {
    int row = model.getOutputIDInfo().getID(new Label(Integer.toString(ofClass)));
    if (row < 0) {
      throw new IllegalStateException("class " + ofClass + ": no row of it was learned from");
    }
    return row;
  }

  private static double probability(Map<String, Label> found, int ofClass) {
    Label label = found.get(Integer.toString(ofClass));
    return label == null ? 0 : label.getScore();
  }
}
