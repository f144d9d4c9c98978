package dev.alta.core.clean;

import dev.alta.proto.v1.CodeSystem;
import java.util.List;

/** The groups through which the codes of a code system are read. */
public sealed interface CodeGroups permits Icd9Groups {
  /**
   * The groups of a code system.
   *
   * @throws IllegalArgumentException if it has none
   */
  static CodeGroups of(CodeSystem system) {
    return switch (system) {
      case ICD9 -> Icd9Groups.INSTANCE;
      default -> throw new IllegalArgumentException(system + " (expected: ICD9)");
    };
  }

  /** Names of all groups, in a fixed order. */
  List<String> names();

  /** Index in {@link #names()} of the group of an accepted code. */
  int groupOf(String code);
}
