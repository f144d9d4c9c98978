package dev.alta.core.feature;

import dev.alta.core.clean.CodeGroups;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import dev.alta.proto.v1.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Chooses the features of a contract from the training rows: which values are frequent enough for a
 * feature of their own. Add every training row, then {@link #fit}.
 *
 * <ul>
 *   <li>A number is itself; an ordered category, or one with two values, its position.
 *   <li>Any other category has one feature for each frequent value, one for the rest, and one for
 *       "not recorded" where the contract allows that.
 *   <li>A code has one feature for each group of its code system, and one for "not recorded".
 *   <li>Key, patient, target and ignored columns have none.
 * </ul>
 */
public final class EncoderFitter {
  private final Contract contract;
  private final List<Map<String, Integer>> counts = new ArrayList<>();

  public EncoderFitter(Contract contract) {
    this.contract = contract;
    contract.columns().forEach(column -> counts.add(new HashMap<>()));
  }

  /** Counts the values of a cleaned row. */
  public void add(Row row) {
    for (Column column : contract.columns()) {
      if (isOneHot(column)) {
        String value = row.asText(column);
        if (value != null) {
          counts.get(column.index()).merge(value, 1, Integer::sum);
        }
      }
    }
  }

  /**
   * Makes the encoder.
   *
   * @param minRows how many training rows a value needs for a feature of its own
   */
  public Encoder fit(int minRows) {
    dev.alta.proto.v1.Encoder.Builder state = dev.alta.proto.v1.Encoder.newBuilder();
    for (Column column : contract.columns()) {
      switch (column.role()) {
        case NUMBER -> add(state, column.name(), column, FeatureKind.QUANTITY, "");
        case CATEGORY -> addCategory(state, column, minRows);
        case CODE -> addCode(state, column);
        default -> {}
      }
    }
    return Encoder.of(contract, state.build());
  }

  private void addCategory(dev.alta.proto.v1.Encoder.Builder state, Column column, int minRows) {
    if (!isOneHot(column)) {
      add(state, column.name(), column, FeatureKind.POSITION, "");
      return;
    }
    // Sorted, so that the order of the rows does not decide the order of the features.
    for (String value : new TreeSet<>(counts.get(column.index()).keySet())) {
      if (counts.get(column.index()).getOrDefault(value, 0) >= minRows) {
        add(state, column.name() + "=" + value, column, FeatureKind.IS_VALUE, value);
      }
    }
    add(state, column.name() + " other", column, FeatureKind.IS_OTHER, "");
    addMissing(state, column);
  }

  private static void addCode(dev.alta.proto.v1.Encoder.Builder state, Column column) {
    for (String group : CodeGroups.of(column.codeSystem()).names()) {
      add(state, column.name() + ":" + group, column, FeatureKind.IS_GROUP, group);
    }
    addMissing(state, column);
  }

  private static void addMissing(dev.alta.proto.v1.Encoder.Builder state, Column column) {
    if (column.mayBeMissing()) {
      add(state, column.name() + " missing", column, FeatureKind.IS_MISSING, "");
    }
  }

  private static void add(
      dev.alta.proto.v1.Encoder.Builder state,
      String name,
      Column column,
      FeatureKind kind,
      String value) {
    state.addFeatures(
        Feature.newBuilder().setName(name).setColumn(column.name()).setKind(kind).setValue(value));
  }

  private static boolean isOneHot(Column column) {
    boolean twoValues = !column.open() && column.values().size() == 2;
    return column.role() == Role.CATEGORY && !column.ordered() && !twoValues;
  }
}
