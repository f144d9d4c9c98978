package dev.alta.core.admit;

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
 * Who signs the certificates by which the other end is known; may be changed while the process
 * runs: it holds for connections that are opened from then on.
 */
public final class TrustedRoots implements Watched {
  private static final Logger log = LoggerFactory.getLogger(TrustedRoots.class);

  private final String setting;
  private final Path file;
  private final AdvancedTlsX509TrustManager manager;
  private byte[] read = {};

  private TrustedRoots(
      String setting, Path file, AdvancedTlsX509TrustManager.Verification verification) {
    this.setting = setting;
    this.file = file;
    try {
      this.manager = AdvancedTlsX509TrustManager.newBuilder().setVerification(verification).build();
      read();
    } catch (IOException | GeneralSecurityException wrong) {
      throw new CannotStartException(problem(wrong), wrong);
    }
  }

  /**
   * Those of clients, who have no host names.
   *
   * @throws CannotStartException if the file holds no certificates
   */
  static TrustedRoots ofClients(Path file) {
    return new TrustedRoots(
        "tls-client-roots",
        file,
        AdvancedTlsX509TrustManager.Verification.CERTIFICATE_ONLY_VERIFICATION);
  }

  /**
   * Those of a server, whose certificate must have the name that it is called by.
   *
   * @param setting what the file belongs to, as errors say it
   * @throws CannotStartException if the file holds no certificates
   */
  public static TrustedRoots ofServer(String setting, Path file) {
    return new TrustedRoots(
        setting,
        file,
        AdvancedTlsX509TrustManager.Verification.CERTIFICATE_AND_HOST_NAME_VERIFICATION);
  }

  public TrustManager trustManager() {
    return manager;
  }

  /** Reads it again if it has changed; what holds no certificates is not taken. */
  @Override
  public void look() {
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
    return setting + ": " + file + ": " + wrong.getMessage() + " (expected: certificates, PEM)";
  }
}
