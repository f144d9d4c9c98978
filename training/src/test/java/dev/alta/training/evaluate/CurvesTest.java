package dev.alta.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alta.proto.v1.ClassCurves;
import dev.alta.proto.v1.Curve;
import dev.alta.proto.v1.ReliabilityGroup;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class CurvesTest {
  private final SplittableRandom random = new SplittableRandom(4);

  @Test
  void goesThroughTheRowsFromTheHighestProbabilityDown() {
    Scores scores = new Scores(2, 5);
    add(scores, 0.9, 1);
    add(scores, 0.7, 0);
    add(scores, 0.7, 1);
    add(scores, 0.4, 1);
    add(scores, 0.2, 0);
    ClassCurves curves = Curves.of(scores, 1, "yes");
    assertThat(curves.getName()).isEqualTo("yes");
    assertThat(curves.getShare()).isEqualTo(0.6);
    // The two at 0.7 go together.
    assertThat(curves.getRoc().getXList()).containsExactly(0.0, 0.0, 0.5, 0.5, 1.0);
    assertThat(curves.getRoc().getYList()).containsExactly(0.0, 0.333333, 0.666667, 1.0, 1.0);
    assertThat(curves.getPrecisionRecall().getXList())
        .containsExactly(0.333333, 0.666667, 1.0, 1.0);
    assertThat(curves.getPrecisionRecall().getYList()).containsExactly(1.0, 0.666667, 0.75, 0.6);
  }

  @Test
  void keepsNoMoreThanThePointsThatTheEyeCanSee() {
    Scores scores = random(20_000);
    ClassCurves curves = Curves.of(scores, 1, "yes");
    assertThat(curves.getRoc().getXCount()).isBetween(100, 200);
    assertThat(curves.getPrecisionRecall().getXCount()).isBetween(100, 200);
    assertThat(last(curves.getRoc().getXList())).isEqualTo(1);
    assertThat(last(curves.getPrecisionRecall().getXList())).isEqualTo(1);
    assertThat(area(curves.getRoc()))
        .isCloseTo(
            Auroc.of(20_000, row -> scores.probability(row, 1), row -> scores.actual(row) == 1),
            within(1e-3));
  }

  @Test
  void groupsTheRowsAsTheCalibrationErrorDoes() {
    Scores scores = random(995);
    double sum = 0;
    for (int c = 0; c < 2; c++) {
      for (ReliabilityGroup group : Curves.of(scores, c, "").getReliabilityList()) {
        sum += group.getRows() * Math.abs(group.getMeanProbability() - group.getShare()) / 995 / 2;
      }
    }
    assertThat(Evaluator.evaluate("test", scores).getCalibrationError())
        .isCloseTo(sum, within(1e-5));
    assertThat(Curves.of(scores, 0, "").getReliabilityList())
        .allSatisfy(group -> assertThat(group.getRows()).isBetween(99, 100));
  }

  @Test
  void spreadsTheRowsOfAClassOverTheRisk() {
    Scores scores = new Scores(2, 200);
    for (int i = 0; i < 200; i++) {
      // Of those that happened, half at 0.1 and half at 0.3; of the others all at 0.05.
      add(scores, i < 50 ? 0.1 : i < 100 ? 0.3 : 0.05, i < 100 ? 1 : 0);
    }
    ClassCurves happened = Curves.of(scores, 1, "yes");
    assertThat(happened.getRiskCount()).isEqualTo(40);
    assertThat(happened.getRiskBin()).isCloseTo(0.3 / 40, within(1e-6));
    assertThat(happened.getRisk((int) (0.1 / happened.getRiskBin()))).isEqualTo(0.5);
    assertThat(happened.getRisk(39)).isEqualTo(0.5);
    ClassCurves others = Curves.of(scores, 0, "no");
    assertThat(others.getRisk((int) (0.05 / others.getRiskBin()))).isEqualTo(1);
  }

  private static double area(Curve curve) {
    double area = 0;
    for (int i = 1; i < curve.getXCount(); i++) {
      area += (curve.getX(i) - curve.getX(i - 1)) * (curve.getY(i) + curve.getY(i - 1)) / 2;
    }
    return area;
  }

  private static double last(List<Double> list) {
    return list.get(list.size() - 1);
  }

  private Scores random(int rows) {
    Scores scores = new Scores(2, rows);
    for (int i = 0; i < rows; i++) {
      double probability = random.nextDouble();
      add(scores, probability, random.nextDouble() < probability * 0.8 ? 1 : 0);
    }
    return scores;
  }

  private static void add(Scores scores, double probability, int actual) {
    scores.add(new double[] {1 - probability, probability}, actual);
  }
}
