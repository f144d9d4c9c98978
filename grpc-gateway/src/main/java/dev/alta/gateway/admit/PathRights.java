package dev.alta.gateway.admit;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.alta.core.admit.Right;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The right that each path needs. What is not named here needs the right to predict where it only
 * reads, and that to administer where it does not: who adds a call and forgets this table opens
 * nothing.
 */
public final class PathRights {
  /** Probes have no token; the others say what stands in the program's source. */
  private static final Set<String> OPEN =
      Set.of(
          "/",
          "/health",
          "/ready",
          "/v2/health/live",
          "/v2/health/ready",
          "/schema",
          "/openapi.json",
          "/docs",
          "/page");

  /** The files of the page and of the docs. */
  private static final List<String> OPEN_FOLDERS = List.of("/docs/", "/page/");

  private static final String METRICS = "/metrics";
  private static final Set<String> PREDICTING =
      Set.of("/predict", "/explain", "/v2/repository/index");
  private static final String INFER = "/infer";

  private PathRights() {}

  /** The right that a request needs; empty where it is open to all. */
  static Optional<Right> of(ServiceRequestContext ctx) {
    return of(ctx.method(), ctx.config().route().patternString());
  }

  /** The same by method and pattern of the path. */
  public static Optional<Right> of(HttpMethod method, String pattern) {
    String path = withoutSlash(pattern);
    if (OPEN.contains(path) || OPEN_FOLDERS.stream().anyMatch(path::startsWith)) {
      return Optional.empty();
    } else if (path.equals(METRICS)) {
      return Optional.of(Right.METRICS);
    } else if (PREDICTING.contains(path) || (path.startsWith("/v2/") && path.endsWith(INFER))) {
      return Optional.of(Right.PREDICT);
    }
    boolean reads = method == HttpMethod.GET || method == HttpMethod.HEAD;
    return Optional.of(reads ? Right.PREDICT : Right.ADMIN);
  }

  private static String withoutSlash(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
