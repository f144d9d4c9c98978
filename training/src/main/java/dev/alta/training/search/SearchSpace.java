package dev.alta.training.search;

import dev.alta.training.trees.TreeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is searched: which kind of trees, how they are grown, and which features they see. The
 * number of rounds is not: it is read off the validation curve.
 */
final class SearchSpace {
  static final String CANDIDATE = "candidate";
  static final String FEATURES = "code_features";
  static final String MIN_ROWS = "min_rows_of_value";

  private static final String ETA = "eta";
  private static final String DEPTH = "max_depth";
  private static final String FOREST_DEPTH = "forest_max_depth";
  private static final String CHILD = "min_child_weight";
  private static final String ROWS = "subsample";
  private static final String COLUMNS = "colsample_bytree";
  private static final String LAMBDA = "lambda";

  private static final int BOOSTED = 0;
  private static final int FOREST_TREES = 100;
  private static final int BINS = 64;

  private static final Dimension.Choice CANDIDATES =
      new Dimension.Choice(CANDIDATE, List.of("xgboost", "random_forest"));
  private static final List<Dimension> OF_BOTH =
      List.of(
          new Dimension.Choice(FEATURES, FeatureLevel.CODES),
          new Dimension.Choice(
              MIN_ROWS, FeatureLevel.MIN_ROWS.stream().map(String::valueOf).toList()),
          new Dimension.Numeric(CHILD, 1, 200, true, false),
          new Dimension.Numeric(ROWS, 0.5, 1, false, false),
          new Dimension.Numeric(COLUMNS, 0.1, 1, true, false),
          new Dimension.Numeric(LAMBDA, 0.1, 100, true, false));
  private static final List<Dimension> OF_BOOSTING =
      List.of(
          new Dimension.Numeric(ETA, 0.05, 0.3, true, false),
          new Dimension.Numeric(DEPTH, 3, 8, false, true));
  private static final List<Dimension> OF_FORESTS =
      List.of(new Dimension.Numeric(FOREST_DEPTH, 6, 12, false, true));

  private static final int FEW_ROWS = 20_000;
  private static final List<Point> PRIOR =
      List.of(
          boosted(2, 0, 0.12, 6, 25, 0.77, 0.5, 5),
          boosted(2, 0, 0.08, 7, 38, 0.74, 0.47, 8),
          boosted(2, 0, 0.16, 7, 30, 0.84, 0.57, 4.5),
          boosted(2, 1, 0.15, 4, 40, 0.9, 0.2, 20),
          forest(2, 1, 11, 5, 0.7, 0.15, 1),
          boosted(1, 1, 0.1, 4, 10, 0.8, 0.5, 2));

  private SearchSpace() {}

  /** What there is to choose for a point that has the values chosen so far. */
  static List<Dimension> dimensions(Point chosen) {
    if (!chosen.has(CANDIDATE)) {
      return List.of(CANDIDATES);
    }
    List<Dimension> all = new ArrayList<>(OF_BOTH);
    all.addAll(chosen.option(CANDIDATE) == BOOSTED ? OF_BOOSTING : OF_FORESTS);
    return List.copyOf(all);
  }

  /**
   * Known to do well on the readmission data, found on its validation rows; the best first. A
   * search starts from them. Where there are few rows, small trees that see few features come
   * first: large ones would learn the rows by heart.
   *
   * @param rows to be trained on
   */
  static List<Point> prior(int rows) {
    List<Point> points = new ArrayList<>(PRIOR);
    points.add(rows < FEW_ROWS ? 0 : points.size(), boosted(0, 2, 0.05, 2, 20, 0.7, 0.2, 10));
    return List.copyOf(points);
  }

  private static Point boosted(
      int features,
      int minRows,
      double eta,
      int depth,
      double child,
      double rows,
      double columns,
      double lambda) {
    return Point.of(
        CANDIDATE, BOOSTED, FEATURES, features, MIN_ROWS, minRows, ETA, eta, DEPTH, depth, CHILD,
        child, ROWS, rows, COLUMNS, columns, LAMBDA, lambda);
  }

  private static Point forest(
      int features,
      int minRows,
      int depth,
      double child,
      double rows,
      double columns,
      double lambda) {
    return Point.of(
        CANDIDATE,
        1,
        FEATURES,
        features,
        MIN_ROWS,
        minRows,
        FOREST_DEPTH,
        depth,
        CHILD,
        child,
        ROWS,
        rows,
        COLUMNS,
        columns,
        LAMBDA,
        lambda);
  }

  /** How the trees of a point are grown, with one round. */
  static TreeSettings trees(Point point) {
    boolean boosted = point.option(CANDIDATE) == BOOSTED;
    return new TreeSettings(
        1,
        boosted ? point.get(ETA) : 1,
        (int) point.get(boosted ? DEPTH : FOREST_DEPTH),
        point.get(CHILD),
        point.get(ROWS),
        point.get(COLUMNS),
        point.get(LAMBDA),
        BINS,
        boosted ? 1 : FOREST_TREES);
  }

  /** Which features they see. */
  static FeatureLevel features(Point point) {
    return new FeatureLevel(
        point.option(FEATURES), FeatureLevel.MIN_ROWS.get(point.option(MIN_ROWS)));
  }

  static String candidate(Point point) {
    return CANDIDATES.options().get(point.option(CANDIDATE));
  }

  /** All that a point decides, in words. */
  static Map<String, String> words(Point point) {
    Map<String, String> words = new TreeMap<>(trees(point).asMap());
    words.remove("num_round");
    words.put(CANDIDATE, candidate(point));
    words.put(FEATURES, features(point).words());
    words.put(MIN_ROWS, Integer.toString(features(point).minRows()));
    return words;
  }
}
