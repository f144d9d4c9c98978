package dev.alta.app.view;

import java.time.Instant;
import java.util.Optional;

/** From the earliest to the latest of some moments. Not safe for use by several threads. */
final class Span {
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  void add(Instant moment) {
    first = Optional.of(first.filter(moment::isAfter).orElse(moment));
    last = Optional.of(last.filter(moment::isBefore).orElse(moment));
  }

  Optional<Instant> first() {
    return first;
  }

  Optional<Instant> last() {
    return last;
  }
}
