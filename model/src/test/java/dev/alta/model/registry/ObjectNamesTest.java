package dev.alta.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectNamesTest {
  private final ObjectNames names = new ObjectNames("readmission");

  @Test
  void laysObjectsOut() {
    assertThat(names.of(12, ObjectNames.MODEL))
        .isEqualTo("models/readmission/versions/12/model.pb");
    assertThat(names.alias("champion")).isEqualTo("models/readmission/aliases/champion");
  }

  @Test
  void readsTheVersionBack() {
    assertThat(names.versionOf("models/readmission/versions/12/model.pb")).hasValue(12);
    assertThat(names.versionOf("models/readmission/versions/012/model.pb")).isEmpty();
    assertThat(names.versionOf("models/readmission/versions/12/old/model.pb")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../champion", "a/b", "Champion", "3", "a\u0000", "a%2fb"})
  void refusesNamesThatArePathsOrNumbers(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> names.alias(name));
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectNames(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "01", "-1", "1.0", "9999999999", "one", ""})
  void takesOnlyPositiveNumbersForVersions(String text) {
    assertThat(ObjectNames.version(text)).isEmpty();
  }
}
