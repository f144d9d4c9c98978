package dev.alta.scorer.swap;

import dev.alta.proto.v1.Sample;
import java.util.List;

/** Answers enough rows with a model for its first requests to be as fast as all others. */
@FunctionalInterface
public interface Warming {
  /** Warms a model with the samples it brings along. */
  void warm(LiveModel model, List<Sample> samples);
}
