package dev.alta.gateway.call;

import dev.alta.gateway.json.Schema;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON body.
 *
 * @param required false where it may be left out
 * @param examples by name, JSON texts that work
 */
public record RequestBody(
    String description, Schema schema, boolean required, Map<String, String> examples) {
  public RequestBody {
    examples = Map.copyOf(examples);
  }

  /** The examples by name, in the order of the names. */
  Map<String, String> sorted() {
    return new TreeMap<>(examples);
  }
}
