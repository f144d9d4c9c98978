package dev.alta.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import dev.alta.core.admit.Right;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Who may call which path of a gateway, said a second time and by hand: a path or method that is
 * added must be added here, too, or the tests fail.
 */
final class RouteTable {
  private static final String TABLE =
      """
      open    GET /
      open    GET /health
      open    GET /ready
      open    GET /schema
      open    GET /openapi.json
      open    GET /docs
      open    GET /docs/docs.css
      open    GET /docs/docs.js
      open    GET /docs/swagger-ui.css
      open    GET /docs/swagger-ui-bundle.js
      open    GET /page/*
      open    GET /v2/health/live
      open    GET /v2/health/ready
      metrics GET /metrics
      predict POST /predict
      predict POST /explain
      predict GET /model-info
      predict GET /models
      predict GET /models/:model
      predict GET /models/:model/card
      predict GET /models/:model/figures/:name
      predict GET /models/:model/profile
      predict GET /data/profile
      predict GET /data/drift
      predict GET /data/batches
      predict GET /data/rejects
      predict GET /data/split
      predict GET /runs
      predict GET /runs/:workflow
      predict GET /loadtests
      predict GET /loadtests/:run/report
      predict GET /v2
      predict GET /v2/models/:model
      predict GET /v2/models/:model/ready
      predict POST /v2/models/:model/infer
      predict GET /v2/models/:model/versions/:version
      predict GET /v2/models/:model/versions/:version/ready
      predict POST /v2/models/:model/versions/:version/infer
      predict POST /v2/repository/index
      admin   POST /load_model
      admin   POST /models/:model/promote
      admin   POST /models/rollback
      admin   POST /v2/repository/models/:model/load
      admin   POST /v2/repository/models/:model/unload
      """;
  private static final Map<String, Optional<Right>> RIGHTS =
      TABLE
          .lines()
          .map(line -> line.split(" +"))
          .collect(Collectors.toMap(words -> words[1] + " " + words[2], words -> right(words[0])));

  private final String url;

  RouteTable(String url) {
    this.url = url;
  }

  private static Optional<Right> right(String word) {
    return word.equals("open")
        ? Optional.empty()
        : Optional.of(Right.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  /**
   * Makes sure that the table has every path and method that a gateway answers, and no other.
   *
   * @param tokens of all rights, to ask a path that is not bound to methods which ones it takes
   */
  void requireAll(List<Route> routes, HttpClient client, Collection<String> tokens)
      throws Exception {
    Set<String> found = new TreeSet<>();
    for (Route route : routes) {
      String pattern = withoutSlash(route.patternString());
      Set<String> methods =
          route.methods().equals(HttpMethod.knownMethods())
              ? allowed(path(pattern), client, tokens)
              : names(route.methods());
      methods.stream()
          .filter(method -> !method.equals("HEAD"))
          .forEach(method -> found.add(method + " " + pattern));
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(RIGHTS.keySet());
  }

  private Set<String> allowed(String path, HttpClient client, Collection<String> tokens)
      throws Exception {
    for (String token : tokens) {
      HttpResponse<String> response = send(client, "OPTIONS", path, token);
      if (response.statusCode() == 204) {
        return Set.of(response.headers().firstValue("Allow").orElseThrow().split(", "));
      }
    }
    throw new AssertionError("OPTIONS " + path + ": no token is let in (expected: one of them)");
  }

  private static Set<String> names(Set<HttpMethod> methods) {
    return methods.stream().map(HttpMethod::name).collect(Collectors.toSet());
  }

  /**
   * Asks every path and makes sure that this caller is let in, or not, as the table says.
   *
   * @param token empty for none
   * @param has the only right of the caller; empty for one that nobody knows
   */
  void check(HttpClient client, String token, Optional<Right> has) throws Exception {
    for (Map.Entry<String, Optional<Right>> entry : RIGHTS.entrySet()) {
      int space = entry.getKey().indexOf(' ');
      String method = entry.getKey().substring(0, space);
      String path = path(entry.getKey().substring(space + 1));
      int status = send(client, method, path, token).statusCode();
      if (entry.getValue().isEmpty() || entry.getValue().equals(has)) {
        assertThat(status).as("%s by %s", entry.getKey(), has).isNotIn(401, 403);
      } else {
        assertThat(status).as("%s by %s", entry.getKey(), has).isEqualTo(has.isEmpty() ? 401 : 403);
      }
    }
  }

  private HttpResponse<String> send(HttpClient client, String method, String path, String token)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(
                method,
                method.equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** A path of a pattern. */
  private static String path(String pattern) {
    return pattern.replaceAll(":[a-z_]+", "1").replace("*", "app.js");
  }

  private static String withoutSlash(String pattern) {
    return pattern.length() > 1 && pattern.endsWith("/")
        ? pattern.substring(0, pattern.length() - 1)
        : pattern;
  }
}
