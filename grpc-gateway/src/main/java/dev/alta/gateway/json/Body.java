package dev.alta.gateway.json;

import dev.alta.core.contract.Row;
import dev.alta.core.contract.Violation;
import java.util.List;

/** What the body of a request, or one item of a list in it, turned out to be. */
public sealed interface Body {
  /** An encounter that keeps to the contract; the request id is empty where none was given. */
  record Accepted(Row row, String requestId) implements Body {}

  /** A JSON object that does not keep to the contract. */
  record Refused(List<Violation> violations) implements Body {
    public Refused {
      violations = List.copyOf(violations);
    }
  }

  /** No JSON object at all; says what it is instead. */
  record Malformed(String detail) implements Body {}

  /** A list, none of its items a list. */
  record Many(List<Body> items) implements Body {
    public Many {
      items = List.copyOf(items);
    }
  }
}
