package dev.alta.core.admit;

import dev.alta.core.life.CannotStartException;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.KeyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and key of a server, or of a client that is known by one; may be changed while it
 * runs: what connections show that are opened from then on. Not by gRPC's own watching, which looks
 * once a minute at most and takes a new certificate beside an old key.
 */
public final class Identity implements Watched {
  private static final Logger log = LoggerFactory.getLogger(Identity.class);
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

  private final String setting;
  private final Path certificate;
  private final Path key;
  private final AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
  private byte[] certificateRead = {};
  private byte[] keyRead = {};

  /**
   * Reads the files, in PEM form.
   *
   * @param setting what the files belong to, as errors say it
   * @throws CannotStartException if they are no certificate and its key
   */
  public Identity(String setting, Path certificate, Path key) {
    this.setting = setting;
    this.certificate = certificate;
    this.key = key;
    try {
      read();
    } catch (IOException | GeneralSecurityException wrong) {
      throw new CannotStartException(problem(wrong), wrong);
    }
  }

  public KeyManager keyManager() {
    return manager;
  }

  /** Reads them again if they have changed; what is no pair is not taken. */
  @Override
  public void look() {
    try {
      if (read()) {
        log.info("{} has changed and is shown from now on", certificate);
      }
    } catch (IOException | GeneralSecurityException wrong) {
      log.warn("the certificate of before is shown on: {}", problem(wrong));
    }
  }

  private boolean read() throws IOException, GeneralSecurityException {
    byte[] certificateFound = Files.readAllBytes(certificate);
    byte[] keyFound = Files.readAllBytes(key);
    if (Arrays.equals(certificateFound, certificateRead) && Arrays.equals(keyFound, keyRead)) {
      return false;
    }
    X509Certificate[] chain =
        CertificateUtils.getX509Certificates(new ByteArrayInputStream(certificateFound));
    PrivateKey privateKey = CertificateUtils.getPrivateKey(new ByteArrayInputStream(keyFound));
    requirePair(chain, privateKey);
    manager.updateIdentityCredentials(chain, privateKey);
    certificateRead = certificateFound;
    keyRead = keyFound;
    return true;
  }

  private static void requirePair(X509Certificate[] chain, PrivateKey key)
      throws GeneralSecurityException {
    if (chain.length == 0) {
      throw new GeneralSecurityException("no certificate");
    }
    String algorithm = SIGNATURES.get(key.getAlgorithm());
    if (algorithm == null) {
      throw new GeneralSecurityException("a key of kind " + key.getAlgorithm());
    }
    byte[] anything = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(anything);
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(chain[0]);
    verifying.update(anything);
    if (!verifying.verify(signing.sign())) {
      throw new GeneralSecurityException("the key is not that of the certificate");
    }
  }

  private String problem(Exception wrong) {
    return setting
        + ": "
        + certificate
        + " and "
        + key
        + ": "
        + wrong.getMessage()
        + " (expected: a certificate and its private key, PEM)";
  }
}
