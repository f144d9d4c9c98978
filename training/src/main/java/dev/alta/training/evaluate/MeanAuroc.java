package dev.alta.training.evaluate;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The mean over the classes of the AUROC of one class against the rest, which is what versions are
 * chosen and compared by. NaN where a class does not occur.
 */
public final class MeanAuroc implements WeightedFigure {
  private final List<WeightedAuroc> ofClasses;

  private MeanAuroc(List<WeightedAuroc> ofClasses) {
    this.ofClasses = ofClasses;
  }

  public static MeanAuroc of(Scores scores) {
    return new MeanAuroc(
        IntStream.range(0, scores.classes())
            .mapToObj(c -> WeightedAuroc.ofClass(scores, c))
            .toList());
  }

  /** Of some of the rows. Weights are still given for all of them. */
  public MeanAuroc only(IntPredicate rows) {
    return new MeanAuroc(ofClasses.stream().map(auroc -> auroc.only(rows)).toList());
  }

  @Override
  public double at(int[] weightOfRow) {
    double sum = 0;
    for (WeightedAuroc auroc : ofClasses) {
      sum += auroc.at(weightOfRow);
    }
    return sum / ofClasses.size();
  }
}
