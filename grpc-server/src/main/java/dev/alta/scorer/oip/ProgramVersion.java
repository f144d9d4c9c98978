package dev.alta.scorer.oip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of the build that this program comes from. */
final class ProgramVersion {
  private static final String FILE = "version.txt";

  private ProgramVersion() {}

  static String read() {
    try (InputStream file =
        Objects.requireNonNull(ProgramVersion.class.getResourceAsStream(FILE), FILE)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException broken) {
      throw new UncheckedIOException(FILE + ": not readable (expected: in this jar)", broken);
    }
  }
}
