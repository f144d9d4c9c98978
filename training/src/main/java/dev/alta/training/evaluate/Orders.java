package dev.alta.training.evaluate;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The rows in the order of each class's probability. */
record Orders(List<ScoreOrder> ofClasses) {
  static Orders of(Scores scores) {
    return new Orders(
        IntStream.range(0, scores.classes()).mapToObj(c -> ScoreOrder.ofClass(scores, c)).toList());
  }

  Orders only(IntPredicate rows) {
    return new Orders(ofClasses.stream().map(order -> order.only(rows)).toList());
  }

  ScoreOrder mostUrgent() {
    return ofClasses.get(ofClasses.size() - 1);
  }
}
