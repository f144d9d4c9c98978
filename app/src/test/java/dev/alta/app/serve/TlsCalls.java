package dev.alta.app.serve;

import dev.alta.testing.certificate.TestCertificates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls over HTTPS by who trusts one certificate. */
final class TlsCalls {
  private final HttpClient client;

  TlsCalls(Path certificate) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, TestCertificates.trusting(certificate), null);
    this.client = HttpClient.newBuilder().sslContext(context).build();
  }

  /** The status of the answer to a POST. */
  int status(String url, String body, @Nullable String token) throws Exception {
    return send(request(url, token).POST(BodyPublishers.ofString(body))).statusCode();
  }

  /** All of the answer to a POST: status, headers, body. */
  String post(String url, String body, String token) throws Exception {
    return text(send(request(url, token).POST(BodyPublishers.ofString(body))));
  }

  /** All of the answer to a GET. */
  String get(String url, String token) throws Exception {
    return text(send(request(url, token)));
  }

  private static HttpRequest.Builder request(String url, @Nullable String token) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String text(HttpResponse<String> response) {
    return response.statusCode() + " " + response.headers().map() + "\n" + response.body();
  }
}
