package dev.alta.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreSettingsTest {
  @Test
  void keepsItsKeysToItself() {
    StoreSettings settings = new StoreSettings("http://store:9000", "visible", "hidden", "models");
    assertThat(settings).hasToString("http://store:9000/models");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "store:9000",
        "ftp://store",
        "http://",
        "http://user:word@store",
        "http://s/b"
      })
  void refusesWhatIsNoEndpoint(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StoreSettings(url, "key", "secret", "models"))
        .withMessageContaining("expected: http://host:port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "Models", "../models", "models/", "-models"})
  void refusesWhatIsNoBucket(String bucket) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StoreSettings("http://store", "key", "secret", bucket))
        .withMessageContaining("bucket: ");
  }
}
