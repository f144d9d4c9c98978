package dev.alta.scorer.log;

import dev.alta.database.LoggedPrediction;
import java.util.List;

/** Where predictions are kept; {@code database.inferenceLog()::append} is one. */
@FunctionalInterface
public interface LogSink {
  /** Keeps all of them or, if it throws, none. */
  void append(List<LoggedPrediction> predictions);
}
