package dev.alta.training.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Comparison;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.CleanRow;
import dev.alta.training.GeneratedRows;
import dev.alta.training.dataset.RowFacts;
import dev.alta.training.evaluate.Scores;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

final class PromotionRuleTest {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final List<CleanRow> ROWS = GeneratedRows.of(CONTRACT, 5_000, 11);
  private static final PromotionLimits LIMITS = new PromotionLimits(300, 1, 0.01, 500, 0.02);
  private static final List<String> CLASSES = CONTRACT.classes();

  private final PromotionRule rule = new PromotionRule(LIMITS);

  @Test
  void replacesAChampionThatRanksWorseBeyondTheInterval() {
    Verdict verdict = rule.judge(contest(scores(row -> 0.4), scores(row -> 0.6)));
    assertThat(verdict.promote()).isTrue();
    assertThat(verdict.reason())
        .startsWith("replaces champion 3: mean AUROC 0.")
        .contains(" of champion 3, difference +0.", ", 95% interval +0.", " test rows");
    assertThat(verdict.comparisons()).allMatch(Comparison::getMet);
    Comparison primary = verdict.comparisons().get(0);
    assertThat(primary.getInterval().getLow()).isPositive().isLessThan(primary.getDifference());
    assertThat(primary.getInterval().getHigh()).isGreaterThan(primary.getDifference());
    assertThat(primary.getRows()).isEqualTo(ROWS.size());
  }

  @Test
  void keepsTheChampionAgainstItsEqual() {
    Verdict verdict = rule.judge(contest(scores(row -> 0.5), scores(row -> 0.5)));
    assertThat(verdict.promote()).isFalse();
    assertThat(verdict.reason())
        .startsWith("champion 3 stays: mean AUROC 0.")
        .contains("difference +0.0000, 95% interval +0.0000 to +0.0000")
        .endsWith("(expected: higher, lower bound above 0)");
  }

  @Test
  void keepsTheChampionWhereTheDifferenceMayBeChance() {
    Scores champion = scores(row -> 0.5);
    Scores other = scores(new Random(99), row -> 0.505);
    Comparison primary = rule.judge(contest(champion, other)).comparisons().get(0);
    assertThat(primary.getInterval().getLow()).isNegative();
    assertThat(primary.getInterval().getHigh()).isPositive();
    assertThat(primary.getMet()).isFalse();
  }

  @Test
  void keepsTheChampionAgainstOneThatIsNotCalibrated() {
    Verdict verdict = rule.judge(contest(scores(row -> 0.4), sharpened(scores(row -> 0.6))));
    assertThat(verdict.promote()).isFalse();
    assertThat(verdict.reason())
        .startsWith("champion 3 stays: calibration error 0.")
        .endsWith("(expected: at most 0.01 higher)");
    assertThat(verdict.comparisons().get(0).getMet()).isTrue();
  }

  @Test
  void keepsTheChampionWhereASubgroupLoses() {
    Scores unfair = scores(row -> "Male".equals(text(row, "gender")) ? 0.2 : 0.9);
    Verdict verdict = rule.judge(contest(scores(row -> 0.4), unfair));
    assertThat(verdict.promote()).isFalse();
    assertThat(verdict.reason())
        .contains("mean AUROC of gender Male 0.", "(expected: at most 0.02 lower)")
        .doesNotContain("gender Female");
  }

  @Test
  void looksAwayFromSubgroupsWithTooFewRows() {
    long rows = ROWS.stream().filter(row -> "[0-10)".equals(text(row.row(), "age"))).count();
    assertThat(rows).isBetween(1L, 499L);
    Verdict verdict = rule.judge(contest(scores(row -> 0.4), scores(row -> 0.6)));
    assertThat(verdict.comparisons())
        .extracting(Comparison::getFigure)
        .contains("mean_auroc of gender Male", "mean_auroc of age [70-80)")
        .doesNotContain("mean_auroc of age [0-10)");
  }

  @Test
  void saysTheSameOfTheSame() {
    Contest contest = contest(scores(row -> 0.4), scores(row -> 0.6));
    assertThat(rule.judge(contest)).isEqualTo(rule.judge(contest));
  }

  @Test
  void wantsAFirstChampionToBeatTheBaseline() {
    assertThat(rule.judgeAlone(manifest(0.66, 0.6, 0.64), CLASSES))
        .satisfies(verdict -> assertThat(verdict.promote()).isTrue())
        .extracting(Verdict::reason)
        .isEqualTo(
            "first champion: mean AUROC 0.6600 on 1,000 test rows, better than 0.6400 of the"
                + " baseline");
    assertThat(rule.judgeAlone(manifest(0.63, 0.6, 0.64), CLASSES))
        .satisfies(verdict -> assertThat(verdict.promote()).isFalse())
        .extracting(Verdict::reason)
        .isEqualTo(
            "no champion: mean AUROC 0.6300 against 0.6400 of baseline, difference -0.0100"
                + " (expected: higher)");
  }

  @Test
  void wantsAFirstChampionToRankEachClassBetterThanChance() {
    assertThat(rule.judgeAlone(manifest(0.66, 0.5, 0.64), CLASSES).reason())
        .isEqualTo(
            "no champion: auroc.<30 0.5000 against 0.5000 of chance, difference +0.0000"
                + " (expected: higher)");
    assertThat(rule.judgeAlone(manifest(0.66, Double.NaN, 0.64), CLASSES).promote()).isFalse();
    assertThat(rule.judgeAlone(manifest(0.66, 0.6, Double.NaN), CLASSES).promote()).isFalse();
  }

  @Test
  void letsAModelThatRanksWellBeLessAccurateThanTheMostFrequentClass() {
    Manifest manifest = manifest(0.66, 0.6, 0.64);
    Manifest inaccurate =
        manifest.toBuilder()
            .setTest(manifest.getTest().toBuilder().setAccuracy(0.3).setMajorityShare(0.6))
            .build();
    assertThat(rule.judgeAlone(inaccurate, CLASSES).promote()).isTrue();
  }

  @Test
  void saysItselfInWordsWithItsLimits() {
    assertThat(rule.words())
        .contains("300 samples", "at most 0.01 higher", "at least 500 rows", "more than 0.02");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PromotionLimits(0, 1, 0.01, 500, 0.02))
        .withMessageStartingWith("bootstrapSamples: 0");
  }

  @Test
  void refusesToCompareScoresOfOtherRows() {
    Scores fewer = new Scores(3, 1);
    fewer.add(new double[] {1, 0, 0}, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> contest(fewer, scores(row -> 0.5)))
        .withMessageStartingWith("rows of champion 3: 1 (expected: ");
  }

  private static Manifest manifest(double mean, double mostUrgent, double baseline) {
    return Manifest.newBuilder()
        .setTest(
            Evaluation.newBuilder()
                .setRows(1_000)
                .setMeanAuroc(mean)
                .addAuroc(0.7)
                .addAuroc(0.6)
                .addAuroc(mostUrgent))
        .setBaseline(Evaluation.newBuilder().setMeanAuroc(baseline))
        .build();
  }

  private static Contest contest(Scores champion, Scores candidate) {
    RowFacts facts = new RowFacts(CONTRACT, ROWS.size());
    ROWS.forEach(row -> facts.add(row.row()));
    return new Contest(CLASSES, 7, facts, "champion 3", champion, candidate);
  }

  private static Scores scores(ToDoubleFunction<Row> signal) {
    return scores(new Random(5), signal);
  }

  /** Calibrated in the main: what is said of a row holds the signal of its class and chance. */
  private static Scores scores(Random random, ToDoubleFunction<Row> signal) {
    Scores scores = new Scores(3, ROWS.size());
    double[] share = new double[3];
    ROWS.forEach(row -> share[actual(row)] += 1.0 / ROWS.size());
    for (CleanRow row : ROWS) {
      double size = signal.applyAsDouble(row.row());
      double[] given = new double[3];
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        // Two normal distributions, a size apart: their ratio of densities is exp(size · (x -
        // size/2)).
        double x = (actual(row) == c ? size : 0) + random.nextGaussian();
        given[c] = share[c] * Math.exp(size * (x - size / 2));
        sum += given[c];
      }
      for (int c = 0; c < 3; c++) {
        given[c] /= sum;
      }
      scores.add(given, actual(row));
    }
    return scores;
  }

  /** The same order, and too sure of it. */
  private static Scores sharpened(Scores scores) {
    Scores sharpened = new Scores(3, scores.rows());
    for (int row = 0; row < scores.rows(); row++) {
      double[] given = new double[3];
      for (int c = 0; c < 3; c++) {
        given[c] = Math.pow(scores.probability(row, c), 3);
      }
      sharpened.add(given, scores.actual(row));
    }
    return sharpened;
  }

  private static int actual(CleanRow row) {
    return row.row().position(CONTRACT.target());
  }

  private static String text(Row row, String column) {
    return String.valueOf(row.asText(CONTRACT.column(column)));
  }
}
