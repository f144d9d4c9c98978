package dev.alta.app.backup;

import java.util.List;

/** The names of an archive's entries. */
final class Names {
  static final String MANIFEST = "manifest.json";
  static final String DIGEST = "manifest.sha256";

  private static final String TABLES = "database/";
  private static final String OBJECTS = "objects/";
  private static final int LONGEST_KEY = 1_024;

  private Names() {}

  static String table(String name) {
    return TABLES + name;
  }

  static String object(String key) {
    return OBJECTS + key;
  }

  /**
   * Whether a key is one that a store can hold as a path below its root, whatever it makes of it:
   * no empty step, none up, no control character.
   */
  static boolean isSafe(String key) {
    return !key.isEmpty()
        && key.length() <= LONGEST_KEY
        && key.indexOf('\\') < 0
        && key.chars().noneMatch(Character::isISOControl)
        && List.of(key.split("/", -1)).stream()
            .noneMatch(step -> step.isEmpty() || step.equals(".") || step.equals(".."));
  }
}
