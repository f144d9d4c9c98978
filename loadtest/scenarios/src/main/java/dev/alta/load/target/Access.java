package dev.alta.load.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a target asks of its callers.
 *
 * @param roots certificates, PEM, that its own is signed by; without them it is called in plain
 * @param tokenFile holds the token that is shown; without it none is
 */
public record Access(Optional<Path> roots, Optional<Path> tokenFile) {
  /** Nothing. */
  public static final Access OPEN = new Access(Optional.empty(), Optional.empty());

  /**
   * Both, each of which may be left out.
   *
   * @throws IllegalArgumentException naming the flag, its value and what was expected
   */
  public static Access of(Optional<Path> roots, Optional<Path> tokenFile) {
    Access access = new Access(roots, tokenFile);
    roots.ifPresent(file -> text("--tls-roots", file));
    access.authorization();
    return access;
  }

  /**
   * The value of the header {@code authorization}.
   *
   * @throws IllegalArgumentException if the file cannot be read, or holds other than one line
   */
  public Optional<String> authorization() {
    return tokenFile.map(
        file -> {
          String token = text("--token-file", file).strip();
          if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(
                "--token-file: " + file + " (expected: one token in one line)");
          }
          return "Bearer " + token;
        });
  }

  private static String text(String flag, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          flag + ": " + file + " (expected: a readable file)", unreadable);
    }
  }
}
