package dev.alta.training.evaluate;

/** A figure of rows of which each counts as often as its weight says. */
@FunctionalInterface
public interface WeightedFigure {
  /** The figure; NaN where the rows with a weight do not give it. */
  double at(int[] weightOfRow);
}
