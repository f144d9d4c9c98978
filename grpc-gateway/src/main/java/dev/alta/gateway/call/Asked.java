package dev.alta.gateway.call;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.List;
import java.util.Optional;

/** A request as a handler sees it: its parameters are as the operation says. */
public final class Asked {
  private final ServiceRequestContext context;
  private final QueryParams query;
  private final byte[] body;

  Asked(ServiceRequestContext context, QueryParams query, byte[] body) {
    this.context = context;
    this.query = query;
    this.body = body;
  }

  public ServiceRequestContext context() {
    return context;
  }

  /** The bytes of the body; not to be changed. */
  public byte[] body() {
    return body;
  }

  /** A part of the path. */
  public String path(String name) {
    String value = context.pathParam(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": no part of " + context.config().route());
    }
    return value;
  }

  /** A header, whatever the case of its letters. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(context.request().headers().get(name));
  }

  /** A parameter behind the question mark. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** All of that name. */
  public List<String> queries(String name) {
    return query.getAll(name);
  }

  /** Whether it says {@code true}. */
  public boolean isTrue(String name) {
    return query(name).equals(Optional.of("true"));
  }

  /** A whole number, or what counts where it was left out. */
  public int whole(String name, int otherwise) {
    return query(name).map(Integer::parseInt).orElse(otherwise);
  }
}
