package dev.alta.pipelines.score;

import java.util.ArrayList;
import java.util.List;

/** Rows that are written together, in the order of the input. */
record PartRows(List<Answer> scored, List<Unscored> unscored) {
  /** How many; their answers fit into memory several times. */
  static final int MOST = 20_000;

  static PartRows empty() {
    return new PartRows(new ArrayList<>(), new ArrayList<>());
  }

  int size() {
    return scored.size() + unscored.size();
  }
}
