package dev.alta.scorer.admit;

import dev.alta.core.life.CannotStartException;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who signs the certificates by which clients are known; may be changed while the server runs: it
 * holds for connections that are opened from then on.
 */
final class ClientRoots {
  private static final Logger log = LoggerFactory.getLogger(ClientRoots.class);

  private final Path file;
  private final AdvancedTlsX509TrustManager manager;
  private byte[] read = {};

  /**
   * Reads a file.
   *
   * @throws CannotStartException if it holds no certificates
   */
  ClientRoots(Path file) {
    this.file = file;
    try {
      this.manager =
          AdvancedTlsX509TrustManager.newBuilder()
              // Clients have no host names.
              .setVerification(
                  AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION)
              .build();
      read();
    } catch (IOException | GeneralSecurityException wrong) {
      throw new CannotStartException(problem(wrong), wrong);
    }
  }

  TrustManager trustManager() {
    return manager;
  }

  /** Reads it again if it has changed; what holds no certificates is not taken. */
  void look() {
    try {
      if (read()) {
        log.info("{} has changed and was read again", file);
      }
    } catch (IOException | GeneralSecurityException wrong) {
      log.warn("those of before hold on: {}", problem(wrong));
    }
  }

  private boolean read() throws IOException, GeneralSecurityException {
    byte[] found = Files.readAllBytes(file);
    if (Arrays.equals(found, read)) {
      return false;
    }
    X509Certificate[] roots = CertificateUtils.getX509Certificates(new ByteArrayInputStream(found));
    if (roots.length == 0) {
      throw new GeneralSecurityException("no certificate");
    }
    manager.updateTrustCredentials(roots);
    read = found;
    return true;
  }

  private String problem(Exception wrong) {
    return "tls-client-roots: "
        + file
        + ": "
        + wrong.getMessage()
        + " (expected: certificates, PEM)";
  }
}
