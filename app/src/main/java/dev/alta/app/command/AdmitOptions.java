package dev.alta.app.command;

import dev.alta.core.admit.AdmitSettings;
import dev.alta.core.life.Listen;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the servers of a command listen, and who is let in. */
final class AdmitOptions {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on (${DEFAULT-VALUE}); any other asks for certificate and tokens.")
  private String host;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "The server's certificate with those up to the root, PEM.")
  private @Nullable Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Its private key, PEM, not encrypted.")
  private @Nullable Path tlsKey;

  @Option(
      names = "--tls-client-roots",
      paramLabel = "FILE",
      description = "Who signs the certificates by which clients may be known, PEM.")
  private @Nullable Path tlsClientRoots;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Lines such as 'predict TOKEN', 'admin TOKEN', 'metrics TOKEN', or 'predict name NAME' for"
              + " the name in a client's certificate. Read again when it changes, like the others.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--tokens",
      paramLabel = "LINES",
      defaultValue = "",
      description = "The same, parted by commas; to be given as ALTA_TOKENS: users see arguments.")
  private String tokens;

  @Option(
      names = "--insecure",
      description = "Listen beyond this machine without encryption and tokens.")
  private boolean insecure;

  /** A port at their address. */
  Listen listen(int port) {
    return new Listen(host, port);
  }

  /**
   * Who is let in.
   *
   * @throws IllegalArgumentException if there is a certificate without key, or the other way round
   */
  AdmitSettings settings() {
    if ((tlsCert == null) != (tlsKey == null)) {
      throw new IllegalArgumentException(
          "tls-cert and tls-key: one of them (expected: both or none)");
    }
    Optional<AdmitSettings.Tls> tls =
        tlsCert == null || tlsKey == null
            ? Optional.empty()
            : Optional.of(
                new AdmitSettings.Tls(tlsCert, tlsKey, Optional.ofNullable(tlsClientRoots)));
    return new AdmitSettings(tls, Optional.ofNullable(tokenFile), tokens, insecure);
  }
}
