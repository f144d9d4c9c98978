package dev.alta.scorer.admit;

import dev.alta.core.life.CannotStartException;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
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
 * The server's certificate and key, which may be changed while it runs: what connections show that
 * are opened from then on. Not by gRPC's own watching, which looks once a minute at most and takes
 * a new certificate beside an old key.
 */
final class Identity {
  private static final Logger log = LoggerFactory.getLogger(Identity.class);
  private static final Map<String, String> SIGNATURES =
      Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

  private final AdmitSettings.Tls tls;
  private final AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
  private byte[] certificateRead = {};
  private byte[] keyRead = {};

  /**
   * Reads the files.
   *
   * @throws CannotStartException if they are no certificate and its key
   */
  Identity(AdmitSettings.Tls tls) {
    this.tls = tls;
    try {
      read();
    } catch (IOException | GeneralSecurityException wrong) {
      throw new CannotStartException(problem(wrong), wrong);
    }
  }

  KeyManager keyManager() {
    return manager;
  }

  /** Reads them again if they have changed; what is no pair is not taken. */
  void look() {
    try {
      if (read()) {
        log.info("{} has changed and is shown from now on", tls.certificate());
      }
    } catch (IOException | GeneralSecurityException wrong) {
      log.warn("the certificate of before is shown on: {}", problem(wrong));
    }
  }

  private boolean read() throws IOException, GeneralSecurityException {
    byte[] certificate = Files.readAllBytes(tls.certificate());
    byte[] key = Files.readAllBytes(tls.key());
    if (Arrays.equals(certificate, certificateRead) && Arrays.equals(key, keyRead)) {
      return false;
    }
    X509Certificate[] chain =
        CertificateUtils.getX509Certificates(new ByteArrayInputStream(certificate));
    PrivateKey privateKey = CertificateUtils.getPrivateKey(new ByteArrayInputStream(key));
    requirePair(chain, privateKey);
    manager.updateIdentityCredentials(chain, privateKey);
    certificateRead = certificate;
    keyRead = key;
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
    return "tls: "
        + tls.certificate()
        + " and "
        + tls.key()
        + ": "
        + wrong.getMessage()
        + " (expected: a certificate and its private key, PEM)";
  }
}
