package dev.alta.core.contract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.alta.proto.v1.ColumnProto;
import dev.alta.proto.v1.HistoryRule;
import dev.alta.proto.v1.Role;
import dev.alta.proto.v1.ValueSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a contract from the annotations of its message. */
final class ColumnReader {
  private final Descriptor message;
  private final Map<String, List<Column.Value>> sets = new HashMap<>();
  private final List<Column> columns = new ArrayList<>();

  private ColumnReader(Descriptor message) {
    this.message = message;
    for (ValueSet set : message.getOptions().getExtension(ColumnProto.valueSet)) {
      sets.put(set.getName(), values(set.getValuesList()));
    }
  }

  /**
   * The columns in the order of the fields, those with a history behind all others.
   *
   * @throws IllegalArgumentException if the annotations contradict each other; names the field
   */
  static List<Column> columns(Descriptor message) {
    ColumnReader reader = new ColumnReader(message);
    message.getFields().stream().filter(field -> !said(field).hasHistory()).forEach(reader::read);
    message.getFields().stream().filter(field -> said(field).hasHistory()).forEach(reader::read);
    return List.copyOf(reader.columns);
  }

  private static dev.alta.proto.v1.Column said(FieldDescriptor field) {
    return field.getOptions().getExtension(ColumnProto.column);
  }

  private void read(FieldDescriptor field) {
    dev.alta.proto.v1.Column said = said(field);
    if (said.getRole() == Role.ROLE_UNSPECIFIED) {
      throw new IllegalArgumentException(
          field.getFullName() + ": no role (expected: an option (alta.v1.column))");
    }
    if (!field.hasPresence()) {
      throw new IllegalArgumentException(
          field.getFullName()
              + ": no presence (expected: optional, so that 0 and left out differ)");
    }
    History history = history(field, said);
    List<Column.Value> values = values(field, said, history);
    if (said.getSharesCount() > 0 && said.getSharesCount() != values.size()) {
      throw new IllegalArgumentException(
          field.getFullName()
              + ": "
              + said.getSharesCount()
              + " shares (expected: one for each of "
              + values.size()
              + " values)");
    }
    columns.add(new Column(columns.size(), field, said, values, history));
  }

  private List<Column.Value> values(
      FieldDescriptor field, dev.alta.proto.v1.Column said, @Nullable History history) {
    if (!said.getValueSet().isEmpty()) {
      List<Column.Value> set = sets.get(said.getValueSet());
      if (set == null) {
        throw new IllegalArgumentException(
            field.getFullName() + ": value_set " + said.getValueSet() + " is not in the message");
      }
      return set;
    }
    Column source = history == null ? null : history.source();
    if (said.getValuesCount() == 0 && said.getRole() == Role.CATEGORY && source != null) {
      // What excludes an encounter does not exclude those that follow it.
      return source.values().stream()
          .map(value -> new Column.Value(value.value(), value.text(), ""))
          .toList();
    }
    return values(said.getValuesList());
  }

  private static List<Column.Value> values(List<dev.alta.proto.v1.Value> said) {
    return said.stream()
        .map(value -> new Column.Value(value.getValue(), value.getText(), value.getExcluded()))
        .toList();
  }

  private @Nullable History history(FieldDescriptor field, dev.alta.proto.v1.Column said) {
    if (!said.hasHistory()) {
      return null;
    }
    HistoryRule rule = said.getHistory().getRule();
    String name = said.getHistory().getColumn();
    Column source = name.isEmpty() ? null : source(field, name);
    boolean needsSource = rule == HistoryRule.SUM || rule == HistoryRule.LAST;
    if (rule == HistoryRule.HISTORY_RULE_UNSPECIFIED || needsSource != (source != null)) {
      throw new IllegalArgumentException(
          field.getFullName()
              + ": history "
              + rule
              + " of column '"
              + name
              + "' (expected: COUNT or KEYS_SINCE_LAST of none, SUM or LAST of one)");
    }
    if (field.getJavaType() != FieldDescriptor.JavaType.INT
        && field.getJavaType() != FieldDescriptor.JavaType.LONG) {
      throw new IllegalArgumentException(
          field.getFullName() + ": a history (expected: a whole number, int32 or int64)");
    }
    return new History(rule, source);
  }

  private Column source(FieldDescriptor field, String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .filter(column -> column.type() == Column.Type.WHOLE && column.history() == null)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    field.getFullName()
                        + ": history of column '"
                        + name
                        + "' (expected: a column of whole numbers of "
                        + message.getFullName()
                        + " that has no history itself)"));
  }
}
