package dev.alta.core.contract;

import com.google.protobuf.Descriptors.Descriptor;
import dev.alta.proto.v1.Role;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
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
  private final transient List<Column> stored;
  private final transient Map<String, Column> byName = new HashMap<>();
  private final transient Column key;
  private final transient Column patient;
  private final transient Column target;

  private Contract(Descriptor message) {
    this.message = message;
    this.columns = ColumnReader.columns(message);
    this.stored = columns.stream().filter(column -> column.history() == null).toList();
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

  /**
   * All columns, in the order of the fields in the message, those made from earlier encounters
   * behind all others.
   */
  public List<Column> columns() {
    return columns;
  }

  public int size() {
    return columns.size();
  }

  /**
   * The columns that an encounter is stored with: the first of {@link #columns()}. The others are
   * made from the patient's earlier encounters.
   */
  public List<Column> stored() {
    return stored;
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

  /** The same among those that an encounter is stored with. */
  public Optional<Column> findStored(String name) {
    return find(name).filter(column -> column.history() == null);
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
