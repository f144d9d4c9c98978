package dev.alta.core.feature;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Encodes a cleaned row as a vector of fixed length, one number for each of {@link #names()}.
 * Missing quantities are NaN, and so, unless the state says otherwise, is the answer no.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Encoder {
  private final dev.alta.proto.v1.Encoder state;
  private final ColumnEncoder[] parts;
  private final CategoryEncoder[] categories;
  private final List<String> names;
  private final List<List<Column>> inputs;
  private final int[] inputOf;
  private final boolean readsHistory;
  // What a feature holds that no column writes to: the answer no.
  private final float no;

  private Encoder(Contract contract, dev.alta.proto.v1.Encoder state, List<ColumnEncoder> parts) {
    this.state = state;
    this.parts = parts.toArray(ColumnEncoder[]::new);
    this.categories =
        CategoryEncoder.of(contract, state.getFeaturesList()).toArray(CategoryEncoder[]::new);
    this.inputs = inputs(contract, state);
    this.inputOf = new int[state.getFeaturesCount()];
    Arrays.setAll(inputOf, i -> inputOf(contract.column(state.getFeatures(i).getColumn())));
    this.readsHistory =
        state.getFeaturesList().stream()
            .map(feature -> contract.column(feature.getColumn()))
            .anyMatch(column -> column.history() != null);
    this.names = state.getFeaturesList().stream().map(Feature::getName).toList();
    this.no = state.getNoIsMissing() ? Float.NaN : 0f;
  }

  /**
   * Makes the encoder that a model keeps.
   *
   * @throws IllegalArgumentException if it asks for what the contract does not have
   */
  public static Encoder of(Contract contract, dev.alta.proto.v1.Encoder state) {
    state.getFeaturesList().forEach(feature -> requireColumns(contract, feature));
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
    return new Encoder(contract, state, parts);
  }

  private static void requireColumns(Contract contract, Feature feature) {
    CategoryEncoder.columns(feature)
        .filter(column -> contract.find(column).isEmpty())
        .findFirst()
        .ifPresent(
            absent -> {
              throw new IllegalArgumentException(
                  "feature "
                      + feature.getName()
                      + ": column "
                      + absent
                      + " (expected: a column of "
                      + contract.name()
                      + ")");
            });
  }

  /** Columns that no feature combines are by themselves; others are together with those. */
  private static List<List<Column>> inputs(Contract contract, dev.alta.proto.v1.Encoder state) {
    Map<String, List<Column>> together = new HashMap<>();
    for (Feature feature : state.getFeaturesList()) {
      List<Column> columns =
          CategoryEncoder.columns(feature).<Column>map(contract::column).toList();
      if (columns.size() > 1) {
        columns.forEach(column -> together.put(column.name(), columns));
      }
    }
    return contract.columns().stream()
        .filter(column -> !column.identifies())
        .map(column -> together.getOrDefault(column.name(), List.of(column)))
        .distinct()
        .toList();
  }

  private int inputOf(Column column) {
    for (int input = 0; input < inputs.size(); input++) {
      if (inputs.get(input).contains(column)) {
        return input;
      }
    }
    throw new IllegalArgumentException("column " + column + ": nothing is predicted from it");
  }

  /** What a model keeps of it. */
  public dev.alta.proto.v1.Encoder state() {
    return state;
  }

  /** Whether a feature is made from what is known of earlier encounters. */
  public boolean readsHistory() {
    return readsHistory;
  }

  /** Length of the vector. */
  public int size() {
    return names.size();
  }

  /** The features' names, in the order of the vector. */
  public List<String> names() {
    return names;
  }

  /**
   * What a model's answer can be explained by: columns, by themselves or, where a feature is made
   * from several of them, together.
   */
  public List<List<Column>> inputs() {
    return inputs;
  }

  /** Index among {@link #inputs()} of what a feature is made from. */
  public int inputOf(int feature) {
    return inputOf[feature];
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
    encode(row, vector, 0);
  }

  /**
   * Writes the vector of a cleaned row among those of others.
   *
   * @param start where it begins
   */
  public void encode(Row row, float[] vectors, int start) {
    Arrays.fill(vectors, start, start + size(), no);
    for (ColumnEncoder part : parts) {
      part.encode(row, vectors, start);
    }
    for (CategoryEncoder part : categories) {
      part.encode(row, vectors, start);
    }
  }
}
