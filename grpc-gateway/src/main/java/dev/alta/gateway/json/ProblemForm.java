package dev.alta.gateway.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.alta.core.contract.Violation;
import java.util.stream.Collectors;

/**
 * Problems as the caller of an address reads them. Those of the Open Inference Protocol, under
 * {@code /v2}, look for {@code error}: a text that says it all, beside what every problem has.
 */
public final class ProblemForm {
  private static final String ROOT = "/v2";
  // Clients print it in one line.
  private static final int MOST_NAMED = 20;

  private ProblemForm() {}

  /** The JSON of a problem with a request, wherever it was found; by the request's path. */
  public static String of(Problem problem, String path) {
    return hasError(path) ? withError(problem) : problem.json();
  }

  /** What that looks like. */
  public static Schema schema(String path) {
    return hasError(path) ? Problem.schemaWithError() : Problem.schema();
  }

  private static boolean hasError(String path) {
    return path.equals(ROOT) || path.startsWith(ROOT + "/") || path.startsWith(ROOT + "?");
  }

  /** The JSON of a problem with such a text. */
  public static String withError(Problem problem) {
    String error = new String(JsonStringEncoder.getInstance().quoteAsString(words(problem)));
    return "{\"error\":\"" + error + "\"," + problem.json().substring(1);
  }

  private static String words(Problem problem) {
    int count = problem.violations().size();
    if (count < 2) {
      return problem.detail();
    }
    return problem.violations().stream()
            .limit(MOST_NAMED)
            .map(Violation::message)
            .collect(Collectors.joining("; "))
        + (count > MOST_NAMED ? "; and " + (count - MOST_NAMED) + " more" : "");
  }
}
