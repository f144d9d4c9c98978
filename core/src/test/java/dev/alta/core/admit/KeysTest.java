package dev.alta.core.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.life.CannotStartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeysTest {
  private static final String ONE = "one-0123456789abcdef";
  private static final String OTHER = "other-0123456789abcdef";

  @TempDir Path folder;

  @Test
  void givesATokenTheRightsOfAllItsLines() {
    Keys keys =
        Keys.read(
            "tokens", List.of("# who", "predict " + ONE, "", "metrics  " + ONE, "admin " + OTHER));

    assertThat(keys.ofToken(ONE)).containsExactlyInAnyOrder(Right.PREDICT, Right.METRICS);
    assertThat(keys.ofToken(OTHER)).containsExactly(Right.ADMIN);
    assertThat(keys.ofToken(ONE + "x")).isEmpty();
    assertThat(keys.ofToken("")).isEmpty();
  }

  @Test
  void keepsNamesApartFromTokens() {
    Keys keys = Keys.read("tokens", List.of("predict name gateway.ward-7.example"));

    assertThat(keys.ofName("gateway.ward-7.example")).containsExactly(Right.PREDICT);
    assertThat(keys.ofToken("gateway.ward-7.example")).isEmpty();
  }

  @Test
  void namesTheLineThatIsNoneAndSaysNothingOfItsToken() {
    for (String wrong :
        List.of("read " + ONE, "predict short", ONE, "predict", "predict " + ONE + " more words")) {
      assertThatThrownBy(() -> Keys.read("tokens", List.of("predict " + OTHER, wrong)))
          .isInstanceOf(CannotStartException.class)
          .hasMessageStartingWith("tokens: line 2: (expected: ")
          .hasMessageNotContainingAny(ONE, "short");
    }
    assertThatThrownBy(() -> Keys.read("tokens", List.of("# nothing")))
        .hasMessageContaining("no token");
  }

  @Test
  void readsAFileAgainAndHoldsOnToWhatWasReadWhereItIsWrong() throws Exception {
    Path file = folder.resolve("tokens");
    Files.writeString(file, "predict " + ONE);
    KeyFile keys = new KeyFile(file);

    Files.writeString(file, "predict " + OTHER);
    keys.look();
    assertThat(keys.keys().ofToken(ONE)).isEmpty();
    assertThat(keys.keys().ofToken(OTHER)).containsExactly(Right.PREDICT);

    Files.writeString(file, "nonsense");
    keys.look();
    Files.delete(file);
    keys.look();
    assertThat(keys.keys().ofToken(OTHER)).containsExactly(Right.PREDICT);
  }
}
