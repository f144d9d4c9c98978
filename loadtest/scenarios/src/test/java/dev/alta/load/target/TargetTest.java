package dev.alta.load.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alta.load.scenario.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8081, 127.0.0.1:8081",
    "localhost:1, localhost:1",
    "http://localhost:65535/, localhost:65535",
    "https://localhost:443, localhost:443",
    "[::1]:8080, [::1]:8080",
  })
  void readsAddressesOfThisMachine(String address, String read) {
    assertThat(Target.of(address, false)).hasToString(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "localhost:0", "localhost:65536", "a b:80", "x:80/path"})
  void refusesWhatIsNoAddress(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.of(address, true))
        .withMessageContaining("--target: " + address + " (expected: HOST:PORT");
  }

  @Test
  void loadsAnotherMachineOnlyIfToldTo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Target.of("192.0.2.1:8081", false))
        .withMessageContaining("--beyond-loopback");
    assertThat(Target.of("192.0.2.1:8081", true).host()).isEqualTo("192.0.2.1");
  }

  @Test
  void knowsTheUsualPorts() {
    assertThat(Target.usual(Call.PREDICT)).hasToString("127.0.0.1:8081");
    assertThat(Target.usual(Call.JSON)).hasToString("127.0.0.1:8080");
  }
}
