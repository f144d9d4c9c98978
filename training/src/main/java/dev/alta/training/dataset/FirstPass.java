package dev.alta.training.dataset;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.EncoderFitter;
import dev.alta.core.split.Side;
import java.util.EnumMap;
import java.util.Map;

/** What has to be known of the rows before the first of them can be encoded. */
final class FirstPass {
  private final EncoderFitter fitter;
  private final RowDigest digest = new RowDigest();
  private final Map<Side, Integer> rows = new EnumMap<>(Side.class);

  FirstPass(Contract contract) {
    this.fitter = new EncoderFitter(contract);
  }

  void add(Side side, Row row) {
    digest.add(side, row);
    rows.merge(side, 1, Integer::sum);
    if (side == Side.TRAIN) {
      fitter.add(row);
    }
  }

  EncoderFitter fitter() {
    return fitter;
  }

  RowDigest digest() {
    return digest;
  }

  int rows(Side side) {
    return rows.getOrDefault(side, 0);
  }

  int total() {
    return rows.values().stream().mapToInt(n -> n).sum();
  }
}
