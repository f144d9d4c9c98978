package dev.alta.gateway.call;

import com.linecorp.armeria.common.MediaType;
import dev.alta.gateway.json.Schema;
import java.util.Map;

/**
 * An answer where all is well.
 *
 * @param type its media type
 * @param headers those that it may have: name, and what their whole number says
 */
public record Result(
    int status, String description, MediaType type, Schema schema, Map<String, String> headers) {
  public Result {
    headers = Map.copyOf(headers);
  }

  /** One without headers of its own. */
  public Result(int status, String description, MediaType type, Schema schema) {
    this(status, description, type, schema, Map.of());
  }

  /** 200 with JSON. */
  public static Result json(String description, Schema schema) {
    return new Result(200, description, MediaType.JSON, schema);
  }

  /** 200 with a text of another type. */
  public static Result text(String description, MediaType type) {
    return new Result(200, description, type, Schema.text());
  }
}
