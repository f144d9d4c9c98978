package dev.alta.scorer.log;

import dev.alta.database.SpooledPrediction;
import java.util.List;
import java.util.UUID;

/** Where predictions end up; {@code database.inferenceLog()::append} is one. */
@FunctionalInterface
public interface LogSink {
  /**
   * Appends what it does not have yet of a spool; all of that or, if it throws, none.
   *
   * @param predictions in the order of their sequence numbers
   * @return how many were appended
   */
  long append(UUID spool, List<SpooledPrediction> predictions);
}
