package dev.alta.gateway.call;

import dev.alta.gateway.json.Schema;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON body.
 *
 * @param required false where it may be left out
 * @param examples by name, JSON texts that work
 * @param orBytes whether it may come as application/octet-stream as well
 * @param longest how many bytes it may have
 */
public record RequestBody(
    String description,
    Schema schema,
    boolean required,
    Map<String, String> examples,
    boolean orBytes,
    long longest) {
  /** A thousand encounters with all their columns, laid out for people, have some 2.5 MB. */
  public static final long USUALLY_LONGEST = 4 << 20;

  public RequestBody {
    examples = Map.copyOf(examples);
  }

  /** JSON alone, of the usual length. */
  public RequestBody(
      String description, Schema schema, boolean required, Map<String, String> examples) {
    this(description, schema, required, examples, false, USUALLY_LONGEST);
  }

  /** The examples by name, in the order of the names. */
  Map<String, String> sorted() {
    return new TreeMap<>(examples);
  }
}
