package dev.alta.training.search;

import dev.alta.training.dataset.FeatureChoice;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.trees.TreeRows;
import java.util.Optional;

/** Rows laid out for trials, one level of features at a time. For one thread. */
final class Bench implements AutoCloseable {
  /** The rows of one level. */
  record Laid(FeatureLevel level, TreeRows train, Vectors validation) {}

  private final SearchData data;
  private Optional<Laid> laid = Optional.empty();

  Bench(SearchData data) {
    this.data = data;
  }

  Laid at(FeatureLevel level) {
    Optional<Laid> there = laid.filter(rows -> rows.level().equals(level));
    return there.orElseGet(() -> lay(level));
  }

  private Laid lay(FeatureLevel level) {
    close();
    FeatureChoice choice = data.choose(level);
    Laid rows =
        new Laid(
            level,
            new TreeRows(data.train().only(choice), data.classes()),
            data.validation().only(choice));
    laid = Optional.of(rows);
    return rows;
  }

  @Override
  public void close() {
    laid.ifPresent(rows -> rows.train().close());
    laid = Optional.empty();
  }
}
