package dev.alta.training.dataset;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.core.split.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Encodes the rows and keeps some test rows as they are. */
final class SecondPass {
  private final Contract contract;
  private final Encoder encoder;
  private final float[] vector;
  private final Map<Side, Vectors> vectors = new EnumMap<>(Side.class);
  private final Map<Side, RowFacts> facts = new EnumMap<>(Side.class);
  private final List<Row> samples = new ArrayList<>();
  private final @Nullable FirstEncounters firstEncounters;
  private final int stepBetweenSamples;

  SecondPass(Contract contract, Encoder encoder, FirstPass first, int samples) {
    this.contract = contract;
    this.encoder = encoder;
    this.vector = new float[encoder.size()];
    for (Side side : Side.values()) {
      vectors.put(side, new Vectors(encoder.size(), first.rows(side)));
      facts.put(side, new RowFacts(contract, first.rows(side)));
    }
    this.firstEncounters = FirstEncounters.of(contract, encoder, first.rows(Side.TEST));
    this.stepBetweenSamples = Math.max(1, first.rows(Side.TEST) / samples);
  }

  void add(Side side, Row row) {
    Vectors target = vectors(side);
    if (side == Side.TEST && target.rows() % stepBetweenSamples == 0) {
      samples.add(row);
    }
    if (side == Side.TEST && firstEncounters != null) {
      firstEncounters.add(row);
    }
    encoder.encode(row, vector);
    target.add(vector, row.position(contract.target()));
    facts(side).add(row);
  }

  Vectors vectors(Side side) {
    Vectors found = vectors.get(side);
    if (found == null) {
      throw new IllegalStateException("no vectors for " + side);
    }
    return found;
  }

  /** The test rows as of patients who come for the first time. */
  Optional<Vectors> withoutHistory() {
    return Optional.ofNullable(firstEncounters).map(FirstEncounters::vectors);
  }

  RowFacts facts(Side side) {
    RowFacts found = facts.get(side);
    if (found == null) {
      throw new IllegalStateException("no rows for " + side);
    }
    return found;
  }

  int total() {
    return vectors.values().stream().mapToInt(Vectors::rows).sum();
  }

  List<Row> samples() {
    return samples;
  }
}
