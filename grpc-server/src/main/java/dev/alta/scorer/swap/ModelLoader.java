package dev.alta.scorer.swap;

import dev.alta.core.contract.Contract;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoredModel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings a model from the registry to where it can answer. Used by one thread. */
final class ModelLoader {
  private final Contract contract;
  private final String alias;
  private final Supplier<Registry> registries;
  private final Warming warming;
  private @Nullable Registry opened;

  ModelLoader(Contract contract, String alias, Supplier<Registry> registries, Warming warming) {
    this.contract = contract;
    this.alias = alias;
    this.registries = registries;
    this.warming = warming;
  }

  /** Loads the scorer's own alias. */
  LiveModel load() {
    return load(alias);
  }

  /** Loads, recomputes the model's samples, and warms it; throws whatever stands in the way. */
  LiveModel load(String aliasOrVersion) {
    Registry registry = registry();
    StoredModel stored = registry.load(aliasOrVersion);
    Predictor predictor = Predictor.of(contract, stored.model());
    predictor.selfCheck();
    LiveModel model = new LiveModel(aliasOf(registry, aliasOrVersion, stored), stored, predictor);
    warming.warm(model, stored.model().getSamplesList());
    return model;
  }

  private Registry registry() {
    if (opened == null) {
      opened = registries.get();
    }
    return opened;
  }

  /** A version asked for by its number still is the champion if the alias points to it. */
  private String aliasOf(Registry registry, String asked, StoredModel stored) {
    boolean isNumber = asked.equals(Integer.toString(stored.version()));
    if (!isNumber) {
      return asked;
    }
    return registry
        .alias(alias)
        .filter(pointer -> pointer.version() == stored.version())
        .map(pointer -> alias)
        .orElse("");
  }
}
