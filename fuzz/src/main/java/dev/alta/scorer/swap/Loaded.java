package dev.alta.scorer.swap;

import dev.alta.core.contract.Contract;
import dev.alta.model.bundle.Explainer;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;

/** A model that answers without a registry. */
public final class Loaded {
  private Loaded() {}

  public static LiveModel of(Contract contract, Model model) {
    Manifest manifest = Manifest.newBuilder().setName(model.getName()).setVersion("1").build();
    return new LiveModel(
        "champion",
        new StoredModel(1, manifest, model),
        Predictor.of(contract, model),
        Explainer.ofAll(contract, model));
  }
}
