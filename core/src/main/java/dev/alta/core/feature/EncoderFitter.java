package dev.alta.core.feature;

import dev.alta.core.clean.CodeGroups;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.CodeSystem;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import dev.alta.proto.v1.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Chooses the features of a contract from the training rows: which values are frequent enough for a
 * feature of their own. Add every training row, then {@link #fit}.
 *
 * <ul>
 *   <li>A number is itself; an ordered category, or one with two values, its position.
 *   <li>Any other category has one feature for each frequent value, one for the rest, and one for
 *       "not recorded" where the contract allows that.
 *   <li>A code has its place in the order of its code system, one feature for each group, and one
 *       for "not recorded". All columns of a code system together have one feature for each
 *       frequent category: whether it is among their codes.
 *   <li>Key, patient, target and ignored columns have none.
 * </ul>
 */
public final class EncoderFitter {
  private final Contract contract;
  private final Map<CodeSystem, List<Column>> codeColumns;
  private final List<Map<String, Integer>> counts = new ArrayList<>();
  // For each code system, in how many rows each category occurs.
  private final Map<CodeSystem, Map<String, Integer>> categories = new EnumMap<>(CodeSystem.class);

  public EncoderFitter(Contract contract) {
    this.contract = contract;
    this.codeColumns =
        contract.columns().stream()
            .filter(column -> column.role() == Role.CODE)
            .collect(
                Collectors.groupingBy(
                    Column::codeSystem,
                    () -> new EnumMap<>(CodeSystem.class),
                    Collectors.toList()));
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
    codeColumns.forEach((system, columns) -> addCategories(row, system, columns));
  }

  private void addCategories(Row row, CodeSystem system, List<Column> columns) {
    Map<String, Integer> counted = categories.computeIfAbsent(system, s -> new HashMap<>());
    columns.stream()
        .map(row::asText)
        .filter(Objects::nonNull)
        .map(CodeGroups.of(system)::categoryOf)
        .distinct()
        .forEach(category -> counted.merge(category, 1, Integer::sum));
  }

  /** Makes the encoder from all columns, see {@link #fit(Predicate, int)}. */
  public Encoder fit(int minRows) {
    return fit(column -> true, minRows);
  }

  /**
   * Makes the encoder.
   *
   * @param used whether features may be made from a column
   * @param minRows how many training rows a value or a category of codes needs for a feature of its
   *     own
   */
  public Encoder fit(Predicate<Column> used, int minRows) {
    dev.alta.proto.v1.Encoder.Builder state =
        dev.alta.proto.v1.Encoder.newBuilder().setNoIsMissing(true);
    for (Column column : contract.columns().stream().filter(used).toList()) {
      switch (column.role()) {
        case NUMBER -> add(state, column.name(), column, FeatureKind.QUANTITY, "");
        case CATEGORY -> addCategory(state, column, minRows);
        case CODE -> addCode(state, column);
        default -> {}
      }
    }
    codeColumns.forEach(
        (system, columns) -> {
          if (columns.stream().allMatch(used)) {
            addCategories(state, system, columns, minRows);
          }
        });
    return Encoder.of(contract, state.build());
  }

  private void addCategory(dev.alta.proto.v1.Encoder.Builder state, Column column, int minRows) {
    if (!isOneHot(column)) {
      add(state, column.name(), column, FeatureKind.POSITION, "");
      return;
    }
    for (String value : frequent(counts.get(column.index()), minRows)) {
      add(state, column.name() + "=" + value, column, FeatureKind.IS_VALUE, value);
    }
    add(state, column.name() + " other", column, FeatureKind.IS_OTHER, "");
    addMissing(state, column);
  }

  private static void addCode(dev.alta.proto.v1.Encoder.Builder state, Column column) {
    add(state, column.name() + " code", column, FeatureKind.CODE_POSITION, "");
    for (String group : CodeGroups.of(column.codeSystem()).names()) {
      add(state, column.name() + ":" + group, column, FeatureKind.IS_GROUP, group);
    }
    addMissing(state, column);
  }

  private void addCategories(
      dev.alta.proto.v1.Encoder.Builder state,
      CodeSystem system,
      List<Column> columns,
      int minRows) {
    List<String> names = columns.stream().map(Column::name).toList();
    for (String category : frequent(categories.getOrDefault(system, Map.of()), minRows)) {
      state.addFeatures(
          Feature.newBuilder()
              .setName(String.join("|", names) + "=" + category)
              .setColumn(names.get(0))
              .addAllMoreColumns(names.subList(1, names.size()))
              .setKind(FeatureKind.IS_CODE_CATEGORY)
              .setValue(category));
    }
  }

  /** Sorted, so that the order of the rows does not decide the order of the features. */
  private static List<String> frequent(Map<String, Integer> counted, int minRows) {
    return counted.entrySet().stream()
        .filter(value -> value.getValue() >= minRows)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
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
