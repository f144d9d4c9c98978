package dev.alta.training.search;

import dev.alta.core.contract.Contract;
import dev.alta.core.feature.Encoder;
import dev.alta.proto.v1.Feature;
import dev.alta.training.dataset.FeatureChoice;
import java.util.List;

/**
 * How finely rows are described.
 *
 * @param codes index among {@link #CODES}; each has the features of those before it
 * @param minRows training rows that a value or category needs for a feature of its own
 */
public record FeatureLevel(int codes, int minRows) {
  static final List<String> CODES = List.of("groups", "groups, place", "groups, place, categories");
  static final List<Integer> MIN_ROWS = List.of(100, 300, 1000);

  private static final int PLACE = 1;
  private static final int CATEGORIES = 2;

  /** What a linear model sees: no places of codes, which it cannot use, and no rare categories. */
  public static final FeatureLevel LINEAR = new FeatureLevel(0, 300);

  /** What an encoder must have been fitted with to have the features of all levels. */
  public static final int FINEST_MIN_ROWS = MIN_ROWS.get(0);

  String words() {
    return CODES.get(codes);
  }

  /**
   * Chooses among the features of the finest level.
   *
   * @param present for each feature of the encoder, training rows in which it is not missing
   */
  public FeatureChoice choose(Contract contract, Encoder finest, int[] present) {
    List<Feature> all = finest.state().getFeaturesList();
    boolean[] chosen = new boolean[all.size()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = has(all.get(i), present[i]);
    }
    return FeatureChoice.of(contract, finest, i -> chosen[i]);
  }

  private boolean has(Feature feature, int rows) {
    return switch (feature.getKind()) {
      case IS_VALUE -> rows >= minRows;
      case CODE_POSITION -> codes >= PLACE;
      case IS_CODE_CATEGORY -> codes >= CATEGORIES && rows >= minRows;
      default -> true;
    };
  }
}
