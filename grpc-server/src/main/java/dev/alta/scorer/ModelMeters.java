package dev.alta.scorer;

import dev.alta.model.bundle.UnusableModelException;
import dev.alta.model.registry.RegistryException;
import dev.alta.model.registry.StoreException;
import dev.alta.scorer.swap.LiveModel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Shows which model answers: {@code model_loaded} 0 or 1, and its alias and version as labels. */
final class ModelMeters {
  private static final List<String> REASONS =
      List.of("missing", "damaged", "unusable", "store", "other");

  private final AtomicInteger loaded;
  private final MultiGauge model;
  private final Counter swaps;
  private final MeterRegistry metrics;

  ModelMeters(MeterRegistry metrics) {
    this.loaded = metrics.gauge("model.loaded", new AtomicInteger());
    this.model = MultiGauge.builder("model.in.use").description("The model").register(metrics);
    this.swaps = metrics.counter("model.swaps");
    this.metrics = metrics;
    // There from the start, so that a rate is 0 and not unknown before the first one.
    REASONS.forEach(this::refusals);
  }

  /** Counts a model that was not let in, by why. */
  void refused(RuntimeException why) {
    refusals(reason(why)).increment();
  }

  private Counter refusals(String reason) {
    return metrics.counter("model.refusals", "reason", reason);
  }

  private static String reason(RuntimeException why) {
    if (why instanceof RegistryException.NoSuchModel || why instanceof StoreException.NotFound) {
      return "missing";
    } else if (why instanceof RegistryException) {
      return "damaged";
    } else if (why instanceof UnusableModelException) {
      return "unusable";
    }
    return why instanceof StoreException ? "store" : "other";
  }

  void takenAway() {
    loaded.set(0);
    model.register(List.of(), true);
  }

  void swapped(LiveModel now) {
    loaded.set(1);
    swaps.increment();
    model.register(
        List.of(MultiGauge.Row.of(Tags.of("alias", now.alias(), "version", now.version()), 1)),
        true);
  }
}
