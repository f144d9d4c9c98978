package dev.alta.training.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** All figures of the same rows. */
final class FigureSet {
  private final List<Figures> parts;
  private final List<String> names;

  private FigureSet(List<Figures> parts) {
    this.parts = parts;
    List<String> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(part.names()));
    this.names = List.copyOf(all);
  }

  /** Everything that an Evaluation says of all rows. */
  static FigureSet whole(Scores scores, Orders orders, List<String> classes) {
    int[] rows = IntStream.range(0, scores.rows()).toArray();
    return new FigureSet(
        List.of(
            new RankFigures(orders, classes),
            new PrecisionFigures(orders, classes),
            new OutcomeFigures(scores),
            new RowMeans(scores, rows),
            new CalibrationFigures(orders),
            new TopFigures(orders.mostUrgent())));
  }

  /** What it says of a subgroup. */
  static FigureSet subgroup(
      Scores scores, Orders orders, List<String> classes, IntPredicate member) {
    int[] rows = IntStream.range(0, scores.rows()).filter(member).toArray();
    Orders own = orders.only(member);
    return new FigureSet(
        List.of(
            new RankFigures(own, classes),
            new RowMeans(scores, rows),
            new CalibrationFigures(own)));
  }

  List<String> names() {
    return names;
  }

  /** A value for each name. */
  double[] at(int[] weightOfRow) {
    double[] values = new double[names.size()];
    int from = 0;
    for (Figures part : parts) {
      part.at(weightOfRow, values, from);
      from += part.names().size();
    }
    return values;
  }
}
