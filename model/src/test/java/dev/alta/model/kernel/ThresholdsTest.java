package dev.alta.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ThresholdsTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void countsTheThresholdsUpToAValueWhateverTheirSpread() {
    for (int round = 0; round < 2_000; round++) {
      float[] values = values(1 + random.nextInt(300));
      Thresholds thresholds = new Thresholds(0, true, values);
      for (int i = 0; i < 20; i++) {
        float threshold = values[random.nextInt(values.length)];
        for (float value :
            new float[] {
              threshold,
              Math.nextDown(threshold),
              Math.nextUp(threshold),
              number(),
              Float.POSITIVE_INFINITY,
              Float.NEGATIVE_INFINITY,
              Float.MAX_VALUE,
              -Float.MAX_VALUE,
              -0f
            }) {
          int expected = 0;
          for (float known : values) {
            expected += known <= value ? 1 : 0;
          }
          assertThat(thresholds.reached(value)).as("%s", value).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void takesAMissingValueForTheSmallestOrTheLargest() {
    float[] values = {-1, 0, 1};
    assertThat(new Thresholds(0, true, values).reached(Float.NaN)).isZero();
    assertThat(new Thresholds(0, false, values).reached(Float.NaN)).isEqualTo(3);
  }

  private float[] values(int most) {
    TreeSet<Float> values = new TreeSet<>();
    for (int i = 0; i < most; i++) {
      values.add(number() + 0f);
    }
    float[] array = new float[values.size()];
    int next = 0;
    for (float value : values) {
      array[next++] = value;
    }
    return array;
  }

  /** Close together, far apart, and all there is between. */
  private float number() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(20);
      case 1 -> Float.MAX_VALUE * (random.nextInt(3) - 1);
      case 2 -> Float.MIN_VALUE * (random.nextInt(9) - 4);
      case 3 -> 1 + Math.ulp(1f) * random.nextInt(20);
      default -> {
        float any = Float.intBitsToFloat(random.nextInt());
        yield Float.isFinite(any) ? any : 0;
      }
    };
  }
}
