package dev.alta.load.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest {
  @TempDir private Path folder;

  @Test
  void showsTheTokenOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "secret\n");
    assertThat(Access.of(Optional.empty(), Optional.of(file)).authorization())
        .contains("Bearer secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "predict secret\n", "one\ntwo\n"})
  void refusesFilesThatHoldNoOneToken(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), text);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Access.of(Optional.empty(), Optional.of(file)))
        .withMessage("--token-file: " + file + " (expected: one token in one line)");
  }

  @Test
  void namesTheFileThatCannotBeRead() {
    Path none = folder.resolve("none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Access.of(Optional.of(none), Optional.empty()))
        .withMessage("--tls-roots: " + none + " (expected: a readable file)");
  }
}
