package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.model.bundle.Explainer;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.bundle.UnusableModelException;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.RegistryException;
import dev.alta.model.registry.StoreSettings;
import dev.alta.model.registry.StoredModel;
import dev.alta.pipelines.PipelineException;
import java.io.Serializable;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The version of a model that a whole run scores with, wherever the alias points meanwhile.
 *
 * @param alias empty where none points to it
 */
record PinnedModel(StoreSettings store, String name, String alias, int version)
    implements Serializable {
  private static final String CHAMPION = "champion";

  /** A model that was loaded and has passed its own check. */
  record Loaded(PinnedModel pinned, Predictor predictor, Explainer explainer) {}

  // One for each process: all of its workers score with the same one.
  private static @Nullable Loaded latest;

  /**
   * Looks up the version.
   *
   * @throws PipelineException if there is none
   */
  static PinnedModel of(StoreSettings store, String name, Optional<Integer> version) {
    try (ObjectStore opened = ObjectStore.open(store)) {
      Registry registry = new Registry(opened, name, Clock.systemUTC());
      Optional<Alias> champion = registry.alias(CHAMPION);
      if (version.isEmpty() && champion.isEmpty()) {
        throw new PipelineException(
            "model "
                + name
                + ": no champion yet (expected: a training that has promoted one, as alta up does,"
                + " or a version)");
      }
      int pinned = version.orElseGet(() -> champion.orElseThrow().version());
      boolean isChampion = champion.isPresent() && champion.get().version() == pinned;
      return new PinnedModel(store, name, isChampion ? CHAMPION : "", pinned);
    } catch (RegistryException unusable) {
      throw new PipelineException(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  /**
   * Loads it, once for each process.
   *
   * @throws PipelineException if it is damaged, made for another contract, or computes wrongly
   */
  Loaded load(Contract contract) {
    synchronized (PinnedModel.class) {
      Loaded found = latest;
      if (found == null || !found.pinned().equals(this)) {
        found = read(contract);
        latest = found;
      }
      return found;
    }
  }

  private Loaded read(Contract contract) {
    try (ObjectStore opened = ObjectStore.open(store)) {
      StoredModel stored = new Registry(opened, name, Clock.systemUTC()).load(version);
      Predictor predictor = Predictor.of(contract, stored.model());
      predictor.selfCheck();
      return new Loaded(this, predictor, Explainer.ofMostUrgent(contract, stored.model()));
    } catch (RegistryException | UnusableModelException unusable) {
      throw new PipelineException(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  /** Without the store's keys. */
  @Override
  public String toString() {
    return name + " version " + version;
  }
}
