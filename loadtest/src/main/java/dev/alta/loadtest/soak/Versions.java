package dev.alta.loadtest.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * Which version may answer: the newest that has answered before a request was sent, or one promoted
 * since. Safe for use by several threads.
 */
final class Versions {
  private final List<String> promoted = new ArrayList<>();
  private int newestSeen;
  private long wrong;

  /** With the version that answers now. */
  Versions(String first) {
    promoted.add(first);
  }

  /** From now on this one may answer, too. */
  synchronized void promoting(String version) {
    promoted.add(version);
  }

  /** What a request that is sent now is to be judged by. */
  synchronized int beforeSending() {
    return newestSeen;
  }

  /**
   * Notes an answer.
   *
   * @param before what {@link #beforeSending} gave
   * @param version that answered
   */
  synchronized void answered(int before, String version) {
    int place = promoted.lastIndexOf(version);
    if (place < before) {
      wrong++;
    }
    newestSeen = Math.max(newestSeen, place);
  }

  /** Whether the one promoted last has answered. */
  synchronized boolean isNewestSeen() {
    return newestSeen == promoted.size() - 1;
  }

  /** How often a newer version has answered for the first time. */
  synchronized int swaps() {
    return newestSeen;
  }

  /** How often one was promoted, after the first. */
  synchronized int promotions() {
    return promoted.size() - 1;
  }

  /** Answers of a version that was not promoted, or of an older one than had answered before. */
  synchronized long wrong() {
    return wrong;
  }
}
