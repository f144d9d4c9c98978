package dev.alta.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Replays what a fuzzer has found, and makes up a little more. */
@Timeout(120)
final class CorpusTest {
  private static final Path CORPUS = Path.of("corpus");
  private static final int MADE_UP = 200;

  @ParameterizedTest
  @FieldSource("dev.alta.fuzz.Target#ALL")
  void understandsWhatIsRight(Target target) throws Exception {
    for (byte[] seed : target.seeds()) {
      assertThat(target.run(seed)).isTrue();
    }
  }

  @ParameterizedTest
  @FieldSource("dev.alta.fuzz.Target#ALL")
  void refusesOrUnderstandsWhatAFuzzerHasFound(Target target) throws IOException {
    Path archive = CORPUS.resolve(target.label() + ".zip");
    assertThat(Files.exists(archive)).as(archive.toString()).isTrue();
    Map<String, byte[]> inputs = Corpus.read(archive);
    assertThat(inputs).isNotEmpty();
    inputs.forEach(
        (name, input) ->
            assertThatCode(() -> target.run(input)).as(name).doesNotThrowAnyException());
  }

  /** A seed and its number tell which input it was. */
  @ParameterizedTest
  @FieldSource("dev.alta.fuzz.Target#ALL")
  void refusesOrUnderstandsChangedBytes(Target target) {
    SplittableRandom random = new SplittableRandom(1);
    List<byte[]> seeds = target.seeds();
    for (int i = 0; i < MADE_UP; i++) {
      byte[] input = seeds.get(i % seeds.size()).clone();
      for (int change = random.nextInt(1, 5); change > 0 && input.length > 0; change--) {
        input[random.nextInt(input.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(() -> target.run(input)).as("input %d", i).doesNotThrowAnyException();
    }
  }
}
