package dev.alta.scorer.swap;

import dev.alta.core.contract.Row;
import dev.alta.model.bundle.Explainer;
import dev.alta.model.bundle.Prediction;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.bundle.Reason;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.Manifest;
import java.util.List;

/**
 * A model ready to answer. Safe for several threads.
 *
 * @see ModelSwap
 */
public final class LiveModel {
  private final String alias;
  private final Manifest manifest;
  private final Predictor predictor;
  private final List<Explainer> explainers;
  private final ThreadLocal<Predictor.Scratch> scratch;
  private final ThreadLocal<Predictor.BlockScratch> blockScratch;
  private final List<ThreadLocal<Explainer.Scratch>> reasonScratch;

  /** Takes its parts; there is an explainer for each class. */
  LiveModel(String alias, StoredModel stored, Predictor predictor, List<Explainer> explainers) {
    this.alias = alias;
    this.manifest = stored.manifest();
    this.predictor = predictor;
    this.explainers = List.copyOf(explainers);
    this.scratch = ThreadLocal.withInitial(predictor::scratch);
    this.blockScratch = ThreadLocal.withInitial(predictor::blockScratch);
    this.reasonScratch =
        explainers.stream().map(explainer -> ThreadLocal.withInitial(explainer::scratch)).toList();
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

  /** The answers for many rows, in their order. */
  public List<Prediction> predict(List<Row> cleaned) {
    return predictor.predict(cleaned, blockScratch.get());
  }

  /** The margin of each class. */
  public float[] margins(Row cleaned) {
    return predictor.margins(cleaned, scratch.get());
  }

  /** The margin of a class without knowing anything of a row. */
  public double baseValue(int ofClass) {
    return explainers.get(ofClass).expected();
  }

  /** How much each column that the model reads moved the margin of a class, strongest first. */
  public List<Reason> reasons(int ofClass, Row cleaned) {
    return explainers.get(ofClass).all(cleaned, reasonScratch.get(ofClass).get());
  }
}
