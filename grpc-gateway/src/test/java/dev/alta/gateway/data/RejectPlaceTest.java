package dev.alta.gateway.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RejectPlaceTest {
  @Test
  void readsWhatItWrites() {
    RejectPlace place = new RejectPlace(17, 402);

    assertThat(RejectPlace.of(place.toString())).contains(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "17", "17-", "-402", "17-402-1", "a-b", "1234567890123456789-1"})
  void readsNothingElse(String text) {
    assertThat(RejectPlace.of(text)).isEmpty();
  }
}
