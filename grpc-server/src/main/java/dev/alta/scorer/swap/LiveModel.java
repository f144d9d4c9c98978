package dev.alta.scorer.swap;

import dev.alta.core.contract.Row;
import dev.alta.model.bundle.Prediction;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.Manifest;

/**
 * A model ready to answer. Safe for several threads.
 *
 * @see ModelSwap
 */
public final class LiveModel {
  private final String alias;
  private final Manifest manifest;
  private final Predictor predictor;
  private final ThreadLocal<Predictor.Scratch> scratch;

  LiveModel(String alias, StoredModel stored, Predictor predictor) {
    this.alias = alias;
    this.manifest = stored.manifest();
    this.predictor = predictor;
    this.scratch = ThreadLocal.withInitial(predictor::scratch);
  }

  /** The alias that pointed to it when it was loaded; empty where none did. */
  public String alias() {
    return alias;
  }

  public Manifest manifest() {
    return manifest;
  }

  public String version() {
    return manifest.getVersion();
  }

  public Predictor predictor() {
    return predictor;
  }

  public Prediction predict(Row cleaned) {
    return predictor.predict(cleaned, scratch.get());
  }
}
