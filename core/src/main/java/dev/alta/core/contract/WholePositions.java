package dev.alta.core.contract;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Where whole numbers stand in a list. Codes are mostly small: those are found in a table, without
 * a boxed number.
 */
final class WholePositions {
  private static final int LONGEST_TABLE = 1_024;

  // Of the numbers from 0 on; -1 where one is not listed.
  private final int[] table;
  private final Map<Long, Integer> others = new HashMap<>();

  /**
   * Takes the list.
   *
   * @param positions of the numbers, written out
   */
  WholePositions(Map<String, Integer> positions) {
    this.table = new int[positions.isEmpty() ? 0 : LONGEST_TABLE];
    Arrays.fill(table, -1);
    positions.forEach((text, position) -> put(Long.parseLong(text), position));
  }

  private static boolean isSmall(long number) {
    return number >= 0 && number < LONGEST_TABLE;
  }

  private void put(long number, int position) {
    if (isSmall(number)) {
      table[(int) number] = position;
    } else {
      others.put(number, position);
    }
  }

  /** The position of a number, or -1. */
  int find(long number) {
    if (number >= 0 && number < table.length) {
      return table[(int) number];
    }
    return others.isEmpty() ? -1 : others.getOrDefault(number, -1);
  }
}
