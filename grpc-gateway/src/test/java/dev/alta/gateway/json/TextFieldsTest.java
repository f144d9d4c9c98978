package dev.alta.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextFieldsTest {
  private static final TextFields LOAD =
      new TextFields(List.of(new TextFields.Field("model", "an alias", 63, false, true)));
  private static final TextFields DECISION =
      new TextFields(
          List.of(
              new TextFields.Field("who", "a person", 10, true, false),
              new TextFields.Field("expected_version", "a version", 9, false, true)));

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
  void readsATextOrANumberOrNothing(String json, String model) {
    assertThat(LOAD.read(json.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            TextFields.Read.Fields.class,
            fields -> assertThat(fields.text("model")).isEqualTo(model));
  }

  @Test
  void readsNamesInBothForms() {
    Map<String, String> texts = Map.of("who", "Ada", "expected_version", "3");
    assertThat(read(DECISION, "{\"who\":\"Ada\",\"expected_version\":3}"))
        .isEqualTo(new TextFields.Read.Fields(texts));
    assertThat(read(DECISION, "{\"who\":\"Ada\",\"expectedVersion\":\"3\"}"))
        .isEqualTo(new TextFields.Read.Fields(texts));
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
        "{\"model\":3.5}",
        "{\"version\":3}",
        "{\"model\":\"3\",\"model\":\"4\"}",
        "{\"model\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}"
      })
  void refusesAnythingElse(String json) {
    assertThat(wrong(LOAD, json).status()).isEqualTo(400);
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    assertThat(wrong(DECISION, "{\"whoo\":1,\"expectedVersion\":\"1234567890\"}").violations())
        .containsExactly(
            new Violation(
                "whoo", "a number", "one of the fields who, expected_version, such as who"),
            new Violation("expected_version", "1234567890", "a version"),
            new Violation("who", "", "a person"));
    assertThat(wrong(DECISION, "{\"who\":\"  \"}").violations())
        .containsExactly(new Violation("who", "", "a person"));
  }

  @Test
  void needsABodyWhereAFieldIsRequired() {
    assertThat(wrong(DECISION, "").detail())
        .isEqualTo("the body is empty (expected: a JSON object with who, expected_version)");
  }

  private static TextFields.Read read(TextFields fields, String json) {
    return fields.read(json.getBytes(UTF_8));
  }

  private static Problem wrong(TextFields fields, String json) {
    TextFields.Read read = read(fields, json);
    assertThat(read).isInstanceOf(TextFields.Read.Wrong.class);
    return ((TextFields.Read.Wrong) read).problem();
  }
}
