package dev.alta.app.command;

import dev.alta.core.life.Listen;
import dev.alta.gateway.ScorerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the scorer is, and as whom it is asked. */
final class ScorerOptions {
  @Option(
      names = "--scorer",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8081",
      description = "Where the scorer is reached (${DEFAULT-VALUE}).")
  private String scorer;

  @Option(
      names = "--scorer-tls-roots",
      paramLabel = "FILE",
      description =
          "Who signs the scorer's certificate, PEM; with it, the connection is encrypted.")
  private @Nullable Path roots;

  @Option(
      names = "--scorer-tls-cert",
      paramLabel = "FILE",
      description = "The certificate by which the scorer knows this gateway, PEM.")
  private @Nullable Path certificate;

  @Option(
      names = "--scorer-tls-key",
      paramLabel = "FILE",
      description = "Its private key, PEM, not encrypted.")
  private @Nullable Path key;

  @Option(
      names = "--scorer-token-file",
      paramLabel = "FILE",
      description = "Holds the token by which the scorer knows this gateway, on one line.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--scorer-token",
      paramLabel = "TOKEN",
      defaultValue = "",
      description = "The token itself; to be given as ALTA_SCORER_TOKEN: users see arguments.")
  private String token;

  /**
   * What they say.
   *
   * @throws IllegalArgumentException if they do not fit together
   */
  ScorerAddress address() {
    return new ScorerAddress(place(), tls(), token());
  }

  private Listen place() {
    int colon = scorer.lastIndexOf(':');
    String port = scorer.substring(colon + 1);
    if (colon <= 0 || !port.matches("\\d{1,5}")) {
      throw new IllegalArgumentException(
          "scorer: " + scorer + " (expected: HOST:PORT such as 127.0.0.1:8081)");
    }
    return new Listen(scorer.substring(0, colon), Integer.parseInt(port));
  }

  private Optional<ScorerAddress.Tls> tls() {
    if ((certificate == null) != (key == null) || (certificate != null && roots == null)) {
      throw new IllegalArgumentException(
          "scorer-tls-cert and scorer-tls-key: one of them, or without scorer-tls-roots (expected:"
              + " all three, the roots alone, or none)");
    }
    if (roots == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ScorerAddress.Tls(
            roots,
            certificate == null || key == null
                ? Optional.empty()
                : Optional.of(new ScorerAddress.Identity(certificate, key))));
  }

  private Optional<String> token() {
    if (tokenFile == null) {
      return token.isBlank() ? Optional.empty() : Optional.of(token.strip());
    }
    try {
      String read = Files.readString(tokenFile).strip();
      if (read.isEmpty() || read.contains("\n") || !token.isBlank()) {
        throw new IllegalArgumentException(
            "scorer-token-file: " + tokenFile + " (expected: one line, and no scorer-token)");
      }
      return Optional.of(read);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "scorer-token-file: " + tokenFile + " (expected: a readable file)", unreadable);
    }
  }
}
