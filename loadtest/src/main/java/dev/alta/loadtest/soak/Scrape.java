package dev.alta.loadtest.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The metrics of a process, as Prometheus would get them. */
final class Scrape {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String text;

  private Scrape(String text) {
    this.text = text;
  }

  static Scrape of(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(PATIENCE)
            .build();
    HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(request.uri() + ": " + answer.statusCode() + " (expected: 200)");
    }
    return new Scrape(answer.body());
  }

  /**
   * The sum of a metric's values.
   *
   * @param label that they have, such as {@code area="heap"}; empty for all
   * @throws IOException if there is none
   */
  long sum(String metric, String label) throws IOException {
    double[] values =
        text.lines()
            .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
            .filter(line -> line.contains(label))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .toArray();
    if (values.length == 0) {
      throw new IOException("metrics: no " + metric + " (expected: one at least)");
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return Math.round(sum);
  }
}
