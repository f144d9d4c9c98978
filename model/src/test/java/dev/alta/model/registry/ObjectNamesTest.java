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

  @Test
  void countsDecisions() {
    assertThat(names.decision(3)).isEqualTo("models/readmission/decisions/3.json");
    assertThat(names.decisionOf("models/readmission/decisions/3.json")).hasValue(3);
    assertThat(names.decisionOf("models/readmission/decisions/03.json")).isEmpty();
    assertThat(names.decisionOf("models/readmission/decisions/3.json.tmp")).isEmpty();
    assertThat(names.versionOf("models/readmission/versions/4/split-certificate.json")).hasValue(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"manifest.json", "card", ".html", "../card.html", "a/b.html", "Card.html"})
  void refusesAttachmentsThatCannotBe(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> ObjectNames.checkedAttachment(name));
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
