package dev.alta.scorer.swap;

import dev.alta.core.contract.Contract;
import dev.alta.model.bundle.Explainer;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoredModel;
import java.util.Optional;
import java.util.function.Supplier;

/** Brings a model from the registry to where it can answer. Used by one thread. */
final class ModelLoader {
  private final Contract contract;
  private final String alias;
  private final Supplier<Registry> registry;
  private final Warming warming;

  ModelLoader(Contract contract, String alias, Supplier<Registry> registry, Warming warming) {
    this.contract = contract;
    this.alias = alias;
    this.registry = registry;
    this.warming = warming;
  }

  /** The scorer's own alias as it is now. */
  Optional<Alias> alias() {
    return registry.get().alias(alias);
  }

  /** Loads what the alias pointed to when it was read. */
  LiveModel load(Alias read) {
    return ready(read.name(), registry.get().load(read));
  }

  /** Loads an alias or a version. */
  LiveModel load(String aliasOrVersion) {
    StoredModel stored = registry.get().load(aliasOrVersion);
    return ready(aliasOf(aliasOrVersion, stored), stored);
  }

  /** Recomputes the model's samples, and warms it; throws whatever stands in the way. */
  private LiveModel ready(String aliasOfIt, StoredModel stored) {
    Predictor predictor = Predictor.of(contract, stored.model());
    predictor.selfCheck();
    LiveModel model =
        new LiveModel(aliasOfIt, stored, predictor, Explainer.ofAll(contract, stored.model()));
    warming.warm(model, stored.model().getSamplesList());
    return model;
  }

  /** A version asked for by its number still is the champion if the alias points to it. */
  private String aliasOf(String asked, StoredModel stored) {
    boolean isNumber = asked.equals(Integer.toString(stored.version()));
    if (!isNumber) {
      return asked;
    }
    return alias()
        .filter(pointer -> pointer.version() == stored.version())
        .map(pointer -> alias)
        .orElse("");
  }
}
