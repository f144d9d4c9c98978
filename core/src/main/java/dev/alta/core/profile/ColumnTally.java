package dev.alta.core.profile;

import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The values of one column over some rows: those that the contract lists by their position, others
 * by their text, numbers in a {@link NumberTally}.
 */
final class ColumnTally implements Serializable {
  /** Texts beyond the list that are told apart. */
  static final int MOST_TEXTS = 1_000;

  private final long[] listed;
  private final HashMap<String, Long> texts = new HashMap<>();
  private final NumberTally numbers = new NumberTally();
  private long missing;
  private long others;

  /**
   * Of nothing.
   *
   * @param listed how many values the contract lists
   */
  ColumnTally(int listed) {
    this.listed = new long[listed];
  }

  void addMissing() {
    missing++;
  }

  void addListed(int position) {
    listed[position]++;
  }

  void addText(String text) {
    addText(text, 1);
  }

  void addNumber(double value) {
    numbers.add(value, 1);
  }

  void add(ColumnTally other) {
    for (int i = 0; i < listed.length; i++) {
      listed[i] += other.listed[i];
    }
    other.texts.forEach(this::addText);
    numbers.add(other.numbers);
    missing += other.missing;
    others += other.others;
  }

  long missing() {
    return missing;
  }

  /** Numbers of the values that the contract lists, in its order. */
  long[] listed() {
    return listed;
  }

  /** Numbers of other texts. */
  Map<String, Long> texts() {
    return Collections.unmodifiableMap(texts);
  }

  /** Rows with texts that were too many to be told apart. */
  long others() {
    return others;
  }

  NumberTally numbers() {
    return numbers;
  }

  private void addText(String text, long number) {
    if (texts.size() < MOST_TEXTS || texts.containsKey(text)) {
      texts.merge(text, number, Long::sum);
    } else {
      others += number;
    }
  }
}
