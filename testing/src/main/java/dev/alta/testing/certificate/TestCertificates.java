package dev.alta.testing.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates that sign themselves, made by the JDK's own keytool, in PEM form. */
public final class TestCertificates {
  private static final String PASSWORD = "only-for-a-test";
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private TestCertificates() {}

  /** Writes {@code NAME.crt} and {@code NAME.key}; replaces them as a whole where they are. */
  public static void write(Path folder, String name, String commonName)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = Files.createTempDirectory(folder, "keys").resolve("store");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "key",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + commonName,
                    "-ext",
                    "san=ip:127.0.0.1,dns:localhost",
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store.toString()))
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool ended with " + keytool.exitValue());
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Certificate certificate = keys.getCertificate("key");
    write(folder.resolve(name + ".crt"), "CERTIFICATE", certificate.getEncoded());
    write(
        folder.resolve(name + ".key"),
        "PRIVATE KEY",
        keys.getKey("key", PASSWORD.toCharArray()).getEncoded());
  }

  /** Who trusts one certificate in PEM form and no other. */
  public static TrustManager[] trusting(Path certificate)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream file = Files.newInputStream(certificate)) {
      trusted.setCertificateEntry(
          "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust.getTrustManagers();
  }

  private static void write(Path file, String what, byte[] content) throws IOException {
    Files.writeString(
        file,
        "-----BEGIN "
            + what
            + "-----\n"
            + LINES.encodeToString(content)
            + "\n-----END "
            + what
            + "-----\n");
  }
}
