package dev.alta.gateway.oip;

import dev.alta.core.contract.Violation;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a body: the first thousand things, as nobody reads more of them. */
final class Violations {
  private static final int MOST = 1_000;

  private final List<Violation> kept = new ArrayList<>();

  void add(String field, String value, String expected) {
    if (!isFull()) {
      // Names are the caller's, and as long as that likes.
      kept.add(new Violation(Violation.cut(field), value, expected));
    }
  }

  /** Whether no more are kept, so that nobody needs to look for them. */
  boolean isFull() {
    return kept.size() == MOST;
  }

  boolean isEmpty() {
    return kept.isEmpty();
  }

  List<Violation> list() {
    return List.copyOf(kept);
  }
}
