package dev.alta.training.dataset;

import dev.alta.core.contract.Contract;
import dev.alta.core.feature.Encoder;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Some of an encoder's features. A value that loses its own feature falls to its column's feature
 * for all other values, as if the encoder had been fitted without it.
 */
public final class FeatureChoice {
  private static final int NONE = -1;

  private final Encoder encoder;
  // For each feature of the whole encoder, where its value goes; NONE: nowhere.
  private final int[] target;

  private FeatureChoice(Encoder encoder, int[] target) {
    this.encoder = encoder;
    this.target = target;
  }

  /**
   * Chooses the features for whose index this holds.
   *
   * @param all an encoder whose answer no is a missing value
   */
  public static FeatureChoice of(Contract contract, Encoder all, IntPredicate chosen) {
    dev.alta.proto.v1.Encoder.Builder state = all.state().toBuilder().clearFeatures();
    int[] target = new int[all.size()];
    Map<String, Integer> others = new HashMap<>();
    for (int feature = 0; feature < target.length; feature++) {
      Feature said = all.state().getFeatures(feature);
      boolean kept = chosen.test(feature);
      target[feature] = kept ? state.getFeaturesCount() : NONE;
      if (kept) {
        state.addFeatures(said);
        if (said.getKind() == FeatureKind.IS_OTHER) {
          others.put(said.getColumn(), target[feature]);
        }
      }
    }
    for (int feature = 0; feature < target.length; feature++) {
      Feature said = all.state().getFeatures(feature);
      if (target[feature] == NONE && said.getKind() == FeatureKind.IS_VALUE) {
        target[feature] = others.getOrDefault(said.getColumn(), NONE);
      }
    }
    return new FeatureChoice(Encoder.of(contract, state.build()), target);
  }

  /** Makes the vectors that {@link Vectors#only} gives. */
  public Encoder encoder() {
    return encoder;
  }

  int size() {
    return encoder.size();
  }

  void apply(float[] all, float[] chosen) {
    Arrays.fill(chosen, Float.NaN);
    for (int feature = 0; feature < target.length; feature++) {
      if (target[feature] != NONE && !Float.isNaN(all[feature])) {
        chosen[target[feature]] = all[feature];
      }
    }
  }
}
