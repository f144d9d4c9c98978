package dev.alta.core.feature;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes a cleaned row as a vector of fixed length, one number for each of {@link #names()}.
 * Missing quantities are NaN.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Encoder {
  private final dev.alta.proto.v1.Encoder state;
  private final ColumnEncoder[] parts;
  private final List<String> names;

  private Encoder(dev.alta.proto.v1.Encoder state, ColumnEncoder[] parts) {
    this.state = state;
    this.parts = parts;
    this.names = state.getFeaturesList().stream().map(Feature::getName).toList();
  }

  /**
   * Makes the encoder that a model keeps.
   *
   * @throws IllegalArgumentException if it asks for what the contract does not have
   */
  public static Encoder of(Contract contract, dev.alta.proto.v1.Encoder state) {
    List<ColumnEncoder> parts = new ArrayList<>();
    for (Column column : contract.columns()) {
      ColumnEncoder.Builder builder = new ColumnEncoder.Builder(column);
      for (int i = 0; i < state.getFeaturesCount(); i++) {
        Feature feature = state.getFeatures(i);
        if (feature.getColumn().equals(column.name())) {
          builder.add(i, feature);
        }
      }
      if (!builder.isEmpty()) {
        parts.add(builder.build());
      }
    }
    for (Feature feature : state.getFeaturesList()) {
      if (contract.find(feature.getColumn()).isEmpty()) {
        throw new IllegalArgumentException(
            "feature "
                + feature.getName()
                + ": column "
                + feature.getColumn()
                + " (expected: a column of "
                + contract.name()
                + ")");
      }
    }
    return new Encoder(state, parts.toArray(ColumnEncoder[]::new));
  }

  /** What a model keeps of it. */
  public dev.alta.proto.v1.Encoder state() {
    return state;
  }

  /** Length of the vector. */
  public int size() {
    return names.size();
  }

  /** The features' names, in the order of the vector. */
  public List<String> names() {
    return names;
  }

  /** The column that a feature is made from. */
  public String columnOf(int feature) {
    return state.getFeatures(feature).getColumn();
  }

  public float[] encode(Row row) {
    float[] vector = new float[size()];
    encode(row, vector);
    return vector;
  }

  /**
   * Writes the vector of a cleaned row.
   *
   * @param vector at least {@link #size()} long; what it held is overwritten
   */
  public void encode(Row row, float[] vector) {
    Arrays.fill(vector, 0, size(), 0f);
    for (ColumnEncoder part : parts) {
      part.encode(row, vector);
    }
  }
}
