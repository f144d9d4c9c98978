package dev.alta.core.admit;

import dev.alta.core.life.CannotStartException;
import dev.alta.core.life.Listen;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who is let in.
 *
 * @param tls with what connections are encrypted; empty: they are not
 * @param tokenFile lines of rights and tokens, see {@link Keys}; read again when it changes
 * @param tokens the same in one text, parted by commas; empty: none
 * @param insecure whether to listen beyond this machine without encryption and tokens
 */
public record AdmitSettings(
    Optional<Tls> tls, Optional<Path> tokenFile, String tokens, boolean insecure) {
  /** Whom the loopback address serves: anyone on this machine. */
  public static final AdmitSettings ANYONE =
      new AdmitSettings(Optional.empty(), Optional.empty(), "", false);

  /**
   * Files in PEM form, read again when they change.
   *
   * @param certificate the server's, with those between it and the root
   * @param key its private key, not encrypted
   * @param clientRoots who signs the certificates of clients; empty: clients show none
   */
  public record Tls(Path certificate, Path key, Optional<Path> clientRoots) {}

  /** Whether callers must show who they are. */
  public boolean asksForTokens() {
    return tokenFile.isPresent() || !tokens.isEmpty();
  }

  /**
   * Makes sure that these settings protect an address.
   *
   * @throws CannotStartException if they do not; says what to set
   */
  public void requireFor(Listen listen) {
    if (!listen.isLoopback() && !insecure && (tls.isEmpty() || !asksForTokens())) {
      throw new CannotStartException(
          "host: "
              + listen.host()
              + " (expected: a loopback address; or tls-cert, tls-key and token-file; or insecure,"
              + " and then patient data cross the network without encryption or login)");
    }
  }
}
