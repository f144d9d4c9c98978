package dev.alta.training.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.alta.model.kernel.LinearKernel;
import dev.alta.model.kernel.Softmax;
import dev.alta.proto.v1.Linear;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Scores;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class LogisticRegressionTest {
  private static final int FEATURES = 12;
  private static final int CLASSES = 3;
  // Is missing in every row learned from.
  private static final int UNKNOWN = 5;

  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void isComputedByTheKernelAsByTheTrainer() {
    LogisticRegression fitted = LogisticRegression.train(rows(800, CLASSES, false), CLASSES, 1);
    Linear linear = fitted.linear();
    LinearKernel kernel = LinearKernel.of(linear, FEATURES);
    Vectors asked = rows(400, CLASSES, true);
    Scores expected = fitted.score(asked);
    float[] vector = new float[FEATURES];
    float[] outputs = new float[CLASSES];
    for (int row = 0; row < asked.rows(); row++) {
      asked.copy(row, vector);
      kernel.margins(vector, outputs);
      Softmax.apply(outputs);
      for (int c = 0; c < CLASSES; c++) {
        assertThat((double) outputs[c]).isCloseTo(expected.probability(row, c), within(1e-6));
      }
    }
    // It has learned something, or agreeing would be easy.
    assertThat(linear.getWeightList()).anyMatch(weight -> Math.abs(weight) > 0.3);
  }

  @Test
  void saysHowOftenAQuestionIsAnsweredYes() {
    Vectors rows = rows(800, CLASSES, false);
    Linear linear = LogisticRegression.train(rows, CLASSES, 1).linear();
    assertThat(linear.getAverage(0)).isEqualTo(rows.present()[0] / 800.0);
    assertThat(linear.getDeviation(0)).isZero();
    assertThat(linear.getAverage(FEATURES - 1)).isZero();
    assertThat(linear.getDeviation(FEATURES - 1)).isPositive();
  }

  @Test
  void isNotWrittenDownWithoutARowOfEachClass() {
    LogisticRegression fitted = LogisticRegression.train(rows(100, 2, false), CLASSES, 1);
    assertThatIllegalStateException()
        .isThrownBy(fitted::linear)
        .withMessage("class 2: no row of it was learned from");
  }

  /** The first half of the features are questions, 1 or missing; the others numbers. */
  private Vectors rows(int count, int classes, boolean all) {
    Vectors rows = new Vectors(FEATURES, count);
    float[] vector = new float[FEATURES];
    for (int row = 0; row < count; row++) {
      int ofClass = random.nextInt(classes);
      for (int i = 0; i < FEATURES; i++) {
        boolean missing = (i == UNKNOWN && !all) || random.nextInt(3) == 0;
        float number = (float) random.nextDouble(-40, 40) + (i % classes == ofClass ? 30 : 0);
        vector[i] = missing ? Float.NaN : i < FEATURES / 2 ? 1 : number;
      }
      rows.add(vector, ofClass);
    }
    return rows;
  }
}
