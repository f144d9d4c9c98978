package dev.alta.training.report;

import dev.alta.model.kernel.Kernel;
import dev.alta.model.kernel.Softmax;
import dev.alta.proto.v1.ColumnImportance;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.PermutationImportance;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Auroc;
import dev.alta.training.evaluate.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Permutation importance: deals out the values of a column anew among the rows, all features of it
 * together, and looks how much worse the model ranks (Breiman 2001, "Random forests").
 */
final class ColumnShuffle {
  private static final int MOST_ROWS = 4_000;
  private static final int REPEATS = 5;

  private final ModelColumns columns;
  private final Kernel kernel;
  private final Kernel.Scratch scratch;
  private final SampledRows rows;
  private final double[][] asTheyAre;
  private final SplittableRandom random;

  private ColumnShuffle(Model model, ModelColumns columns, Vectors vectors, long seed) {
    this.columns = columns;
    this.kernel = Kernel.of(model, vectors.features());
    this.scratch = kernel.scratch();
    this.random = new SplittableRandom(seed);
    this.rows = new SampledRows(vectors, MOST_ROWS, random);
    this.asTheyAre = new double[rows.count()][];
    for (int row = 0; row < asTheyAre.length; row++) {
      asTheyAre[row] = probabilities(rows.vector(row));
    }
  }

  static PermutationImportance of(Model model, ModelColumns columns, Vectors vectors, long seed) {
    return new ColumnShuffle(model, columns, vectors, seed).importance(seed);
  }

  private PermutationImportance importance(long seed) {
    double auroc = meanAuroc(asTheyAre);
    List<ColumnImportance> found = new ArrayList<>();
    for (int column = 0; column < columns.count(); column++) {
      double[] drops = new double[REPEATS];
      for (int i = 0; i < REPEATS; i++) {
        drops[i] = auroc - shuffled(columns.features(column));
      }
      double mean = Arrays.stream(drops).average().orElseThrow();
      double squares = Arrays.stream(drops).map(d -> (d - mean) * (d - mean)).sum();
      found.add(
          ColumnImportance.newBuilder()
              .setColumn(columns.name(column))
              .setDrop(mean)
              .setDeviation(Math.sqrt(squares / (REPEATS - 1)))
              .build());
    }
    found.sort(Comparator.comparingDouble(importance -> -importance.getDrop()));
    return PermutationImportance.newBuilder()
        .setRows(rows.count())
        .setRepeats(REPEATS)
        .setSeed(seed)
        .setMeanAuroc(auroc)
        .addAllColumns(found)
        .build();
  }

  /** The mean AUROC with some features of each row taken from another row. */
  private double shuffled(int[] features) {
    int[] from = SampledRows.order(rows.count());
    SampledRows.shuffle(from, random);
    double[][] probabilities = new double[rows.count()][];
    float[] vector = new float[kernel.features()];
    for (int row = 0; row < probabilities.length; row++) {
      float[] own = rows.vector(row);
      float[] other = rows.vector(from[row]);
      System.arraycopy(own, 0, vector, 0, vector.length);
      boolean same = true;
      for (int feature : features) {
        same &= Float.compare(own[feature], other[feature]) == 0;
        vector[feature] = other[feature];
      }
      // Many columns have the same value nearly everywhere.
      probabilities[row] = same ? asTheyAre[row] : probabilities(vector);
    }
    return meanAuroc(probabilities);
  }

  private double meanAuroc(double[][] probabilities) {
    Scores scores = new Scores(kernel.outputs(), probabilities.length);
    for (int row = 0; row < probabilities.length; row++) {
      scores.add(probabilities[row], rows.actualClass(row));
    }
    return Auroc.mean(scores);
  }

  private double[] probabilities(float[] vector) {
    float[] outputs = new float[kernel.outputs()];
    kernel.margins(vector, scratch, outputs);
    Softmax.apply(outputs);
    double[] probabilities = new double[outputs.length];
    for (int c = 0; c < outputs.length; c++) {
      probabilities[c] = outputs[c];
    }
    return probabilities;
  }
}
