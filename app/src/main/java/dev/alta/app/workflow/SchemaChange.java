package dev.alta.app.workflow;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.ColumnProfile;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.InputColumn;
import dev.alta.proto.v1.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How a contract differs from the one that a version was trained by. */
final class SchemaChange {
  private SchemaChange() {}

  /**
   * One in words each.
   *
   * @param signature the columns that the version reads; may be empty where it does not say
   * @param profile of the rows it was trained on, which has all columns of that time
   */
  static List<String> between(
      Contract contract, List<InputColumn> signature, Optional<DataProfile> profile) {
    List<String> changes = new ArrayList<>();
    for (InputColumn read : signature) {
      Optional<Column> column = contract.find(read.getName());
      if (column.isEmpty()) {
        changes.add(read.getName() + " is gone");
      } else if (column.get().role() != read.getRole()
          || !column.get().expectation().equals(read.getExpected())) {
        changes.add(read.getName() + " is now " + column.get().expectation());
      }
    }
    profile.ifPresent(known -> changes.addAll(added(contract, known)));
    return changes;
  }

  private static List<String> added(Contract contract, DataProfile profile) {
    Set<String> known =
        profile.getColumnsList().stream().map(ColumnProfile::getName).collect(Collectors.toSet());
    return contract.columns().stream()
        .filter(column -> column.role() != Role.IGNORED && !known.contains(column.name()))
        .map(column -> column.name() + " is new")
        .toList();
  }
}
