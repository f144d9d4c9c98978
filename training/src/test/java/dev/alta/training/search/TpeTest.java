package dev.alta.training.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TpeTest {
  private static final String ETA = "eta";

  @Test
  void findsTheNeighbourhoodOfTheBest() {
    // The best is where eta is 0.1 and lambda 3, on the scale on which they are searched.
    SplittableRandom random = new SplittableRandom(5);
    List<Tpe.Observation> observations = new ArrayList<>();
    SearchSpace.prior(100_000).stream()
        .filter(point -> point.has(ETA))
        .forEach(point -> observations.add(new Tpe.Observation(point, value(point))));
    for (int i = 0; i < 120; i++) {
      Point point = Tpe.propose(observations, random.split());
      observations.add(new Tpe.Observation(point, value(point)));
    }
    List<Tpe.Observation> late =
        observations.subList(observations.size() - 40, observations.size());
    assertThat(late.stream().mapToDouble(Tpe.Observation::value).average().orElseThrow())
        .isGreaterThan(-0.4);
    // Points drawn at random are this far off.
    assertThat(random(random)).isLessThan(-1.5);
  }

  private static double random(SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < 200; i++) {
      sum += value(Tpe.propose(List.of(), random.split()));
    }
    return sum / 200;
  }

  private static double value(Point point) {
    if (!point.has(ETA)) {
      return -5;
    }
    double eta = Math.log(point.get(ETA) / 0.1);
    double lambda = Math.log(point.get("lambda") / 3);
    return -eta * eta - lambda * lambda / 4;
  }

  @Test
  void proposesOnlyWhatMakesSense() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 300; i++) {
      Point point = Tpe.propose(List.of(), random.split());
      // Both throw if something is out of range or not set.
      SearchSpace.trees(point);
      SearchSpace.features(point);
      assertThat(point.has("max_depth")).isNotEqualTo(point.has("forest_max_depth"));
      assertThat(point.get(SearchSpace.CANDIDATE)).isIn(0.0, 1.0);
    }
  }

  @Test
  void proposesTheSameFromTheSameSeed() {
    assertThat(Tpe.propose(List.of(), new SplittableRandom(1)))
        .isEqualTo(Tpe.propose(List.of(), new SplittableRandom(1)))
        .isNotEqualTo(Tpe.propose(List.of(), new SplittableRandom(2)));
  }

  @Test
  void estimatesADensityThatAddsUpToOne() {
    Dimension.Numeric dimension = new Dimension.Numeric("n", 1, 5, false, false);
    Density density = dimension.density(new double[] {1.2, 1.3, 4.9});
    double sum = 0;
    for (int i = 0; i < 4_000; i++) {
      sum += density.at(1 + (i + 0.5) / 1_000) / 1_000;
    }
    assertThat(sum / Math.sqrt(2 * Math.PI)).isCloseTo(1, within(1e-3));
    assertThat(density.at(1.25)).isGreaterThan(1.5 * density.at(3));
  }

  @Test
  void knowsTheNormalDistribution() {
    assertThat(Normal.below(0)).isEqualTo(0.5);
    assertThat(Normal.below(1.96)).isCloseTo(0.9750021, within(1e-7));
    assertThat(Normal.below(-3)).isCloseTo(0.0013499, within(1e-7));
    assertThat(Normal.below(40)).isOne();
  }
}
