package dev.alta.training.dataset;

import dev.alta.core.contract.Row;
import dev.alta.core.split.Side;
import java.util.function.BiConsumer;

/** Gives the cleaned rows of all sides in the order of their keys, as often as it is asked. */
@FunctionalInterface
public interface RowSource {
  /**
   * Reads all rows.
   *
   * @return the number of the generation that they are of
   */
  long read(BiConsumer<Side, Row> rows);
}
