package dev.alta.pipelines.flink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A job on a cluster.
 *
 * @param master REST address of the cluster, as this program was given it
 * @param id Flink's
 */
public record ClusterJob(String master, String id) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Set<String> FAILED = Set.of("FAILED", "CANCELED");
  private static final String CAUSE = "Caused by: ";

  /**
   * Asks the cluster whether the job has failed.
   *
   * @return why, in one line; empty where it has not, or where nobody at the address knows it
   */
  public Optional<String> failure() throws InterruptedException {
    Optional<String> state = ask("", "state");
    if (state.isEmpty() || !FAILED.contains(state.get())) {
      return Optional.empty();
    }
    String cause = ask("/exceptions", "root-exception").map(ClusterJob::rootCause).orElse("");
    return Optional.of("Flink: " + state.get() + (cause.isEmpty() ? "" : ": " + cause));
  }

  /** The innermost cause of a printed exception, without the name of its class. */
  static String rootCause(String printed) {
    String first = printed.lines().findFirst().orElse("");
    String innermost =
        printed
            .lines()
            .filter(line -> line.startsWith(CAUSE))
            .reduce((outer, inner) -> inner)
            .map(line -> line.substring(CAUSE.length()))
            .orElse(first);
    return innermost.replaceFirst("^[\\w.$]+(Exception|Error): ", "");
  }

  private Optional<String> ask(String path, String field) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + master + "/jobs/" + id + path))
            .timeout(PATIENCE)
            .build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 ? field(answer.body(), field) : Optional.empty();
    } catch (IOException nobodyThere) {
      return Optional.empty();
    }
  }

  private static Optional<String> field(String json, String field) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(field) && value == JsonToken.VALUE_STRING) {
          return Optional.of(parser.getText());
        }
        parser.skipChildren();
      }
      return Optional.empty();
    }
  }
}
