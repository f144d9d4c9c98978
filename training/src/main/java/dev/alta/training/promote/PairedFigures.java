package dev.alta.training.promote;

import dev.alta.proto.v1.Comparison;
import dev.alta.proto.v1.Evaluation;
import dev.alta.training.dataset.Grouping;
import dev.alta.training.evaluate.Evaluator;
import dev.alta.training.evaluate.Intervals;
import dev.alta.training.evaluate.MeanAuroc;
import dev.alta.training.evaluate.PatientBootstrap;
import dev.alta.training.evaluate.WeightedAuroc;
import dev.alta.training.evaluate.WeightedFigure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Figures of a candidate beside those of another model on the same rows. Differences have intervals
 * where figures depend on the order of the rows alone: in each sample of patients both models get
 * the same weights, so that what makes a sample easy or hard for both drops out.
 */
public final class PairedFigures {
  static final String MEAN_AUROC = "mean_auroc";
  static final String CALIBRATION = "calibration_error";

  /** A figure of both models, and its difference in each sample. */
  private static final class Pair {
    private final String name;
    private final WeightedFigure reference;
    private final WeightedFigure candidate;
    private final double[] differences;

    Pair(String name, WeightedFigure reference, WeightedFigure candidate, int samples) {
      this.name = name;
      this.reference = reference;
      this.candidate = candidate;
      this.differences = new double[samples];
    }

    void draw(int sample, int[] weightOfRow) {
      differences[sample] = candidate.at(weightOfRow) - reference.at(weightOfRow);
    }
  }

  private final Contest contest;
  private final PromotionLimits limits;
  private final int[] ones;

  PairedFigures(Contest contest, PromotionLimits limits) {
    this.contest = contest;
    this.limits = limits;
    this.ones = new int[contest.rows().rows()];
    Arrays.fill(ones, 1);
  }

  /**
   * Everything that people compare: AUROC of each class, of any readmission and their mean, with
   * intervals; accuracy, calibration error, log loss and Brier score without.
   */
  public static List<Comparison> of(Contest contest, PromotionLimits limits) {
    PairedFigures paired = new PairedFigures(contest, limits);
    List<Pair> pairs = new ArrayList<>();
    pairs.add(paired.meanAuroc());
    for (int c = 0; c < contest.classes().size(); c++) {
      pairs.add(
          paired.pair(
              "auroc." + contest.classes().get(c),
              WeightedAuroc.ofClass(contest.referenceScores(), c),
              WeightedAuroc.ofClass(contest.candidateScores(), c)));
    }
    pairs.add(
        paired.pair(
            "auroc_readmitted",
            WeightedAuroc.ofReadmitted(contest.referenceScores()),
            WeightedAuroc.ofReadmitted(contest.candidateScores())));
    Evaluation reference = Evaluator.evaluate(contest.reference(), contest.referenceScores());
    Evaluation candidate = Evaluator.evaluate("candidate", contest.candidateScores());
    return Stream.concat(paired.withIntervals(pairs).stream(), paired.plain(reference, candidate))
        .toList();
  }

  /** The primary figure, with its interval. */
  Comparison primary() {
    return withIntervals(List.of(meanAuroc())).get(0);
  }

  Comparison calibration() {
    return comparison(
        CALIBRATION,
        Evaluator.evaluate(contest.reference(), contest.referenceScores()).getCalibrationError(),
        Evaluator.evaluate("candidate", contest.candidateScores()).getCalibrationError(),
        ones.length);
  }

  /** Mean AUROC of each subgroup that counts and in which every class occurs. */
  List<Comparison> subgroups() {
    MeanAuroc reference = MeanAuroc.of(contest.referenceScores());
    MeanAuroc candidate = MeanAuroc.of(contest.candidateScores());
    List<Comparison> comparisons = new ArrayList<>();
    for (Grouping grouping : contest.rows().groupings()) {
      for (int i = -1; i < grouping.values().size(); i++) {
        int value = i;
        IntPredicate member = row -> grouping.ofRows().at(row) == value;
        int size = (int) IntStream.range(0, ones.length).filter(member).count();
        double ofReference = reference.only(member).at(ones);
        if (size >= limits.subgroupRows() && !Double.isNaN(ofReference)) {
          String name = value < 0 ? "not recorded" : grouping.values().get(value);
          comparisons.add(
              comparison(
                  MEAN_AUROC + " of " + grouping.column() + " " + name,
                  ofReference,
                  candidate.only(member).at(ones),
                  size));
        }
      }
    }
    return comparisons;
  }

  private Stream<Comparison> plain(Evaluation reference, Evaluation candidate) {
    return Stream.of(
        plain("accuracy", reference, candidate, Evaluation::getAccuracy),
        plain(CALIBRATION, reference, candidate, Evaluation::getCalibrationError),
        plain("log_loss", reference, candidate, Evaluation::getLogLoss),
        plain("brier", reference, candidate, Evaluation::getBrier));
  }

  private Comparison plain(
      String name,
      Evaluation reference,
      Evaluation candidate,
      ToDoubleFunction<Evaluation> figure) {
    return comparison(
        name, figure.applyAsDouble(reference), figure.applyAsDouble(candidate), ones.length);
  }

  private List<Comparison> withIntervals(List<Pair> pairs) {
    new PatientBootstrap(contest.rows(), limits.bootstrapSamples(), limits.seed())
        .each((sample, weightOfRow) -> pairs.forEach(pair -> pair.draw(sample, weightOfRow)));
    return pairs.stream().map(this::withInterval).toList();
  }

  private Comparison withInterval(Pair pair) {
    Comparison.Builder comparison =
        comparison(pair.name, pair.reference.at(ones), pair.candidate.at(ones), ones.length)
            .toBuilder();
    Intervals.middle95(pair.differences).ifPresent(comparison::setInterval);
    return comparison.build();
  }

  private Pair meanAuroc() {
    return pair(
        MEAN_AUROC,
        MeanAuroc.of(contest.referenceScores()),
        MeanAuroc.of(contest.candidateScores()));
  }

  private Pair pair(String name, WeightedFigure reference, WeightedFigure candidate) {
    return new Pair(name, reference, candidate, limits.bootstrapSamples());
  }

  private Comparison comparison(String figure, double reference, double candidate, int rows) {
    return Comparison.newBuilder()
        .setFigure(figure)
        .setCandidate(candidate)
        .setAgainst(contest.reference())
        .setReference(reference)
        .setDifference(candidate - reference)
        .setRows(rows)
        .build();
  }
}
