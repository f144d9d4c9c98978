package dev.alta.core.contract;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.alta.proto.v1.ColumnProto;
import dev.alta.proto.v1.Role;
import dev.alta.proto.v1.ValueSet;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of an encounter, read from the annotated message that describes it (see {@code
 * alta/v1/column.proto}).
 *
 * <p>Immutable. Serialises as the files of its message, so that workers of a pipeline can have it;
 * what they get describes the same columns with descriptors of its own.
 */
public final class Contract implements Serializable {
  private final transient Descriptor message;
  private final transient List<Column> columns;
  private final transient Map<String, Column> byName = new HashMap<>();
  private final transient Column key;
  private final transient Column patient;
  private final transient Column target;

  private Contract(Descriptor message) {
    this.message = message;
    this.columns = readColumns(message);
    for (Column column : columns) {
      name(column.name(), column);
      if (!column.sourceName().equals(column.name())) {
        name(column.sourceName(), column);
      }
    }
    this.key = only(Role.KEY);
    this.patient = only(Role.PATIENT);
    this.target = only(Role.TARGET);
    if (key.type() != Column.Type.WHOLE || patient.type() != Column.Type.WHOLE) {
      throw new IllegalArgumentException(
          name() + ": KEY and PATIENT (expected: whole numbers, int32 or int64)");
    }
    if (target.open()) {
      throw new IllegalArgumentException(name() + ": TARGET (expected: a closed list of values)");
    }
  }

  /**
   * Reads the contract from a message type.
   *
   * @throws IllegalArgumentException if the annotations contradict each other; names the field
   */
  public static Contract of(Descriptor message) {
    return new Contract(message);
  }

  /** Full name of the message: {@code alta.v1.Encounter}. */
  public String name() {
    return message.getFullName();
  }

  public Descriptor message() {
    return message;
  }

  /** All columns, in the order of the fields in the message. */
  public List<Column> columns() {
    return columns;
  }

  public int size() {
    return columns.size();
  }

  /** Identifies the encounter. */
  public Column key() {
    return key;
  }

  /** Identifies the patient. */
  public Column patient() {
    return patient;
  }

  /** What is predicted. */
  public Column target() {
    return target;
  }

  /** The target's values, from the least to the most urgent outcome. */
  public List<String> classes() {
    return target.values().stream().map(Column.Value::value).toList();
  }

  /** The column with this name or source name. */
  public Optional<Column> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The column with this name or source name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Column column(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    name + " (expected: a column of " + name() + nearest(name) + ")"));
  }

  /** The known name that looks most like the given one, as {@code ", such as age"}; else empty. */
  String nearest(String name) {
    return NearestName.of(name, columns.stream().map(Column::name).toList())
        .map(known -> ", such as " + known)
        .orElse("");
  }

  private void name(String name, Column column) {
    if (byName.put(name, column) != null) {
      throw new IllegalArgumentException(name() + ": two columns are called " + name);
    }
  }

  private Column only(Role role) {
    List<Column> found = columns.stream().filter(column -> column.role() == role).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          name() + ": " + found.size() + " columns with role " + role + " (expected: 1)");
    }
    return found.get(0);
  }

  private static List<Column> readColumns(Descriptor message) {
    Map<String, List<Column.Value>> sets = new HashMap<>();
    for (ValueSet set : message.getOptions().getExtension(ColumnProto.valueSet)) {
      sets.put(set.getName(), values(set.getValuesList()));
    }
    List<Column> columns = new ArrayList<>();
    for (FieldDescriptor field : message.getFields()) {
      columns.add(readColumn(columns.size(), field, sets));
    }
    return List.copyOf(columns);
  }

  private static Column readColumn(
      int index, FieldDescriptor field, Map<String, List<Column.Value>> sets) {
    dev.alta.proto.v1.Column said = field.getOptions().getExtension(ColumnProto.column);
    if (said.getRole() == Role.ROLE_UNSPECIFIED) {
      throw new IllegalArgumentException(
          field.getFullName() + ": no role (expected: an option (alta.v1.column))");
    }
    if (!field.hasPresence()) {
      throw new IllegalArgumentException(
          field.getFullName()
              + ": no presence (expected: optional, so that 0 and left out differ)");
    }
    List<Column.Value> values = values(said.getValuesList());
    if (!said.getValueSet().isEmpty()) {
      values = sets.getOrDefault(said.getValueSet(), List.of());
      if (values.isEmpty()) {
        throw new IllegalArgumentException(
            field.getFullName() + ": value_set " + said.getValueSet() + " is not in the message");
      }
    }
    if (said.getSharesCount() > 0 && said.getSharesCount() != values.size()) {
      throw new IllegalArgumentException(
          field.getFullName()
              + ": "
              + said.getSharesCount()
              + " shares (expected: one for each of "
              + values.size()
              + " values)");
    }
    return new Column(index, field, said, values);
  }

  private static List<Column.Value> values(List<dev.alta.proto.v1.Value> said) {
    return said.stream()
        .map(value -> new Column.Value(value.getValue(), value.getText(), value.getExcluded()))
        .toList();
  }

  private Object writeReplace() {
    return ContractForm.of(message);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a contract is read from its form");
  }

  @Override
  public String toString() {
    return name();
  }
}
