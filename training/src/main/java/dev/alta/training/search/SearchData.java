package dev.alta.training.search;

import dev.alta.core.contract.Contract;
import dev.alta.core.feature.Encoder;
import dev.alta.training.dataset.FeatureChoice;
import dev.alta.training.dataset.Vectors;

/** What a search works on. */
public final class SearchData {
  private final Contract contract;
  private final Encoder finest;
  private final int[] present;
  private final Vectors train;
  private final Vectors validation;

  /**
   * Takes the vectors as they are.
   *
   * @param finest their encoder, fitted for {@link FeatureLevel#FINEST_MIN_ROWS}
   */
  public SearchData(Contract contract, Encoder finest, Vectors train, Vectors validation) {
    this.contract = contract;
    this.finest = finest;
    this.present = train.present();
    this.train = train;
    this.validation = validation;
  }

  /** The features of a level. */
  public FeatureChoice choose(FeatureLevel level) {
    return level.choose(contract, finest, present);
  }

  Vectors train() {
    return train;
  }

  Vectors validation() {
    return validation;
  }

  int classes() {
    return contract.classes().size();
  }
}
