package dev.alta.scorer;

import dev.alta.scorer.swap.LiveModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows which model answers: {@code model_loaded} 0 or 1, and its alias and version as labels. */
final class ModelMeters {
  private final AtomicInteger loaded;
  private final MultiGauge model;
  private final Counter swaps;

  ModelMeters(MeterRegistry metrics) {
    this.loaded = metrics.gauge("model.loaded", new AtomicInteger());
    this.model = MultiGauge.builder("model.in.use").description("The model").register(metrics);
    this.swaps = metrics.counter("model.swaps");
  }

  void swapped(LiveModel now) {
    loaded.set(1);
    swaps.increment();
    model.register(
        List.of(MultiGauge.Row.of(Tags.of("alias", now.alias(), "version", now.version()), 1)),
        true);
  }
}
