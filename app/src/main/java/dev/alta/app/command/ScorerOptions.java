package dev.alta.app.command;

import dev.alta.core.life.Listen;
import dev.alta.gateway.channel.ScorerAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the scorer is, and as whom it is asked. */
final class ScorerOptions {
  @Option(
      names = "--scorer",
      paramLabel = "HOST:PORT",
      split = ",",
      defaultValue = "127.0.0.1:8081",
      description =
          "Where the scorer is reached (${DEFAULT-VALUE}); several replicas parted by commas, or a"
              + " name that stands for several. They are asked in turn.")
  private List<String> scorer = new ArrayList<>();

  @Option(
      names = "--scorer-tls-roots",
      paramLabel = "FILE",
      description =
          "Who signs the scorer's certificate, PEM; with it, the connection is encrypted. Read"
              + " again when it changes, like the others.")
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
    return new ScorerAddress(scorer.stream().map(ScorerOptions::place).toList(), tls(), token());
  }

  private static Listen place(String given) {
    int colon = given.lastIndexOf(':');
    String port = given.substring(colon + 1);
    if (colon <= 0 || !port.matches("\\d{1,5}")) {
      throw new IllegalArgumentException(
          "scorer: " + given + " (expected: HOST:PORT such as 127.0.0.1:8081)");
    }
    return new Listen(given.substring(0, colon), Integer.parseInt(port));
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
                : Optional.of(new ScorerAddress.OwnCertificate(certificate, key))));
  }

  private Optional<ScorerAddress.Token> token() {
    if (tokenFile == null) {
      return token.isBlank()
          ? Optional.empty()
          : Optional.of(new ScorerAddress.Token.Given(token.strip()));
    }
    if (!token.isBlank()) {
      throw new IllegalArgumentException(
          "scorer-token-file and scorer-token: both (expected: one of them, or none)");
    }
    return Optional.of(new ScorerAddress.Token.InFile(tokenFile));
  }
}
