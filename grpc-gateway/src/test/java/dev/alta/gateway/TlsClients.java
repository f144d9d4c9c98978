package dev.alta.gateway;

import dev.alta.testing.certificate.TestCertificates;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.CertificateUtils;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** HTTP clients who trust {@code server.crt} of a folder, and no other certificate. */
final class TlsClients {
  private TlsClients() {}

  /** One who shows no certificate, over HTTP/1.1. */
  static HttpClient trusting(Path files) throws Exception {
    return of(files, Optional.empty(), HttpClient.Version.HTTP_1_1);
  }

  /**
   * Makes one.
   *
   * @param identity whose certificate it shows, by the name of its files
   */
  static HttpClient of(Path files, Optional<String> identity, HttpClient.Version version)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys = new KeyManager[0];
    if (identity.isPresent()) {
      keys = new KeyManager[] {identity(files, identity.get())};
    }
    context.init(keys, TestCertificates.trusting(files.resolve("server.crt")), null);
    return HttpClient.newBuilder().sslContext(context).version(version).build();
  }

  private static KeyManager identity(Path files, String name) throws Exception {
    AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
    try (var certificate = Files.newInputStream(files.resolve(name + ".crt"));
        var key = Files.newInputStream(files.resolve(name + ".key"))) {
      manager.updateIdentityCredentials(
          CertificateUtils.getX509Certificates(certificate), CertificateUtils.getPrivateKey(key));
    }
    return manager;
  }
}
