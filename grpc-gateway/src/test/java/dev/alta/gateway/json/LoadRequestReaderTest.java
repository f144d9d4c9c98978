package dev.alta.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadRequestReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                      | ``",
        "{}                      | ``",
        "{\"model\":\"3\"}       | 3",
        "{\"model\":3}           | 3",
        "{\"model\":\"champion\"} | champion",
      })
  void readsAnAliasOrAVersionOrNothing(String json, String model) {
    assertThat(LoadRequestReader.read(json.getBytes(UTF_8)))
        .isEqualTo(new LoadRequestReader.Read.Model(model));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"3\"",
        "{",
        "{} {}",
        "{\"model\":[3]}",
        "{\"model\":null}",
        "{\"version\":3}",
        "{\"model\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}"
      })
  void refusesAnythingElse(String json) {
    assertThat(LoadRequestReader.read(json.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            LoadRequestReader.Read.Wrong.class,
            wrong -> assertThat(wrong.problem().status()).isEqualTo(400));
  }
}
