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

  /** Where an accepted code stands in the order of its system; neighbours are related. */
  float positionOf(String code);

  /** The category that an accepted code belongs to, itself a code: {@code 250} for 250.83. */
  String categoryOf(String code);

  /** How many categories there may be. */
  int categories();

  /**
   * The number of the category of an accepted code, from 0 to {@link #categories()} - 1; each has
   * its own.
   */
  int categoryNumber(String code);
}
