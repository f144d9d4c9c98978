package dev.alta.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.alta.model.explain.Contributions;
import dev.alta.proto.v1.Linear;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Model;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class LinearKernelTest {
  private static final int FEATURES = 9;
  private static final int OUTPUTS = 3;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Linear linear = linear();

  @Test
  void addsWeightTimesScaledValueToTheBias() {
    LinearKernel kernel = LinearKernel.of(linear, FEATURES);
    for (int row = 0; row < 500; row++) {
      float[] vector = vector();
      float[] margins = new float[OUTPUTS];
      kernel.margins(vector, margins);
      for (int output = 0; output < OUTPUTS; output++) {
        double sum = linear.getBias(output);
        for (int i = 0; i < FEATURES; i++) {
          sum += linear.getWeight(i * OUTPUTS + output) * scaled(i, vector[i]);
        }
        assertThat((double) margins[output]).isCloseTo(sum, within(1e-5));
      }
    }
  }

  @Test
  void givesTheSameBitsForManyRowsAsRowByRow() {
    LinearKernel kernel = LinearKernel.of(linear, FEATURES);
    int rows = 100;
    float[] vectors = new float[rows * FEATURES];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(vector(), 0, vectors, row * FEATURES, FEATURES);
    }
    float[] margins = new float[rows * OUTPUTS];
    kernel.margins(vectors, rows, kernel.blockScratch(), margins);
    Kernel.Scratch scratch = kernel.scratch();
    float[] ofRow = new float[OUTPUTS];
    for (int row = 0; row < rows; row++) {
      kernel.margins(
          Arrays.copyOfRange(vectors, row * FEATURES, (row + 1) * FEATURES), scratch, ofRow);
      assertThat(Arrays.copyOfRange(margins, row * OUTPUTS, (row + 1) * OUTPUTS))
          .containsExactly(ofRow);
    }
  }

  @Test
  void staysFiniteWhateverTheValues() {
    LinearKernel kernel = LinearKernel.of(linear, FEATURES);
    float[] vector = new float[FEATURES];
    float[] extremes = {
      Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, Float.NaN, 0
    };
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < FEATURES; i++) {
        vector[i] = extremes[random.nextInt(extremes.length)];
      }
      float[] margins = new float[OUTPUTS];
      kernel.margins(vector, margins);
      Softmax.apply(margins);
      assertThat(margins[0] + margins[1] + margins[2]).isCloseTo(1, within(1e-6f));
    }
  }

  @Test
  void sharesOutTheWholeMargin() {
    LinearKernel kernel = LinearKernel.of(linear, FEATURES);
    Model model = Model.newBuilder().setLinear(linear).build();
    int[] groupOf = {0, 0, 1, 2, 2, 2, 3, 0, 1};
    for (int output = 0; output < OUTPUTS; output++) {
      Contributions shares = Contributions.of(model, output, groupOf);
      double[] contributions = new double[shares.groups()];
      for (int row = 0; row < 100; row++) {
        float[] vector = vector();
        float[] margins = new float[OUTPUTS];
        kernel.margins(vector, margins);
        shares.contributions(vector, shares.scratch(), contributions);
        assertThat(shares.expected() + Arrays.stream(contributions).sum())
            .isCloseTo(margins[output], within(1e-5));
      }
    }
  }

  @Test
  void refusesWhatIsMalformed() {
    refuses(linear -> linear.addMean(0), "linear: length of mean: 10 (expected: 9)");
    refuses(Linear.Builder::clearAverage, "linear: length of average: 0 (expected: 9)");
    refuses(linear -> linear.addBias(0), "linear: length of weight: 27 (expected: 36)");
    refuses(Linear.Builder::clearBias, "linear: outputs: 0 (expected: from 1 to 1024)");
    refuses(linear -> linear.setDeviation(2, -1), "linear: deviation[2]: -1.0");
    refuses(linear -> linear.setDeviation(2, Double.MIN_VALUE), "linear: deviation[2]: 4.9E-324");
    refuses(linear -> linear.setWeight(4, Double.NaN), "linear: weight[4]: NaN");
    refuses(linear -> linear.setMean(4, 1e31), "linear: mean[4]: 1.0E31");
    refuses(Linear.Builder::clearLink, "linear: link: LINK_UNSPECIFIED (expected: SOFTMAX)");
  }

  private void refuses(Consumer<Linear.Builder> change, String message) {
    Linear.Builder changed = linear.toBuilder();
    change.accept(changed);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearKernel.of(changed.build(), FEATURES))
        .withMessageStartingWith(message);
  }

  private double scaled(int feature, float value) {
    double deviation = linear.getDeviation(feature);
    if (Float.isNaN(value)) {
      return 0;
    }
    return deviation == 0 ? 1 : (value - linear.getMean(feature)) / deviation;
  }

  private float[] vector() {
    float[] vector = new float[FEATURES];
    for (int i = 0; i < FEATURES; i++) {
      vector[i] = random.nextInt(4) == 0 ? Float.NaN : (float) random.nextDouble(-3, 3);
    }
    return vector;
  }

  private Linear linear() {
    Linear.Builder linear = Linear.newBuilder().setLink(Link.SOFTMAX);
    for (int i = 0; i < OUTPUTS; i++) {
      linear.addBias(random.nextDouble(-1, 1));
    }
    for (int i = 0; i < FEATURES; i++) {
      linear.addMean(random.nextDouble(-1, 1)).addAverage(random.nextDouble());
      linear.addDeviation(i % 3 == 0 ? 0 : random.nextDouble(0.5, 2));
      for (int output = 0; output < OUTPUTS; output++) {
        linear.addWeight(random.nextDouble(-1, 1));
      }
    }
    return linear.build();
  }
}
