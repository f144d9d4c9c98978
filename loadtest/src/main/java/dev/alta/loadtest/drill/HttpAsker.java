package dev.alta.loadtest.drill;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.alta.loadtest.scorer.BenchRows;
import dev.alta.proto.v1.Encounter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a gateway by JSON, on connections of its own. */
final class HttpAsker implements Asker {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Pattern ID = Pattern.compile(",?\"request_id\":\"([^\"]*)\"");
  private static final Pattern VERSION = Pattern.compile("\"model_version\":\"([^\"]*)\"");
  private static final Pattern PREDICTION = Pattern.compile("\"prediction\":\"([^\"]*)\"");
  private static final String PROBLEM = "application/problem+json";

  /** What a gateway may say where the scorer is away, is too busy, or takes too long. */
  private static final Set<Integer> CLEAR = Set.of(429, 503, 504);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI predict;
  private final List<String> bodies;

  HttpAsker(int port, BenchRows rows) {
    this.predict = URI.create("http://127.0.0.1:" + port + "/predict");
    this.bodies = rows.encounters().stream().map(HttpAsker::json).toList();
  }

  private static String json(Encounter encounter) {
    try {
      return JsonFormat.printer()
          .preservingProtoFieldNames()
          .omittingInsignificantWhitespace()
          .print(encounter);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Reply ask(String requestId, int row) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(predict)
            .timeout(LONGEST)
            .header("Content-Type", "application/json")
            .header("X-Request-Id", requestId)
            .POST(BodyPublishers.ofString(bodies.get(row)))
            .build();
    try {
      return reply(requestId, client.send(request, BodyHandlers.ofString()));
    } catch (IOException failed) {
      return new Reply.Refused(failed.toString());
    }
  }

  private static Reply reply(String requestId, HttpResponse<String> response) {
    String body = response.body();
    if (response.statusCode() == 200) {
      Matcher id = ID.matcher(body);
      return id.find() && id.group(1).equals(requestId)
          ? new Reply.Answered(of(VERSION, body), of(PREDICTION, body), id.replaceFirst(""))
          : new Reply.Wrong(requestId + " was answered with " + body);
    }
    boolean problem = response.headers().firstValue("Content-Type").orElse("").startsWith(PROBLEM);
    return problem && CLEAR.contains(response.statusCode())
        ? new Reply.Refused(body)
        : new Reply.Wrong("status " + response.statusCode() + ": " + body);
  }

  private static String of(Pattern pattern, String body) {
    Matcher found = pattern.matcher(body);
    return found.find() ? found.group(1) : "";
  }

  @Override
  public void close() {
    // Its connections go with the client.
  }
}
