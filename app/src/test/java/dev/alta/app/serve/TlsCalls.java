package dev.alta.app.serve;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Calls over HTTPS by who trusts one certificate. */
final class TlsCalls {
  private final HttpClient client;

  TlsCalls(Path certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var file = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
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
