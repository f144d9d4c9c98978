package dev.alta.core.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import org.junit.jupiter.api.Test;

final class ListenTest {
  @Test
  void listensOnLoopbackWithoutFurtherWords() {
    assertThat(Listen.onLoopback(8080).address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(new Listen("localhost", 0).requireLoopback().isLoopback()).isTrue();
  }

  @Test
  void refusesAnyOtherAddressForAServerWithoutProtection() {
    Listen everywhere = new Listen("0.0.0.0", 8080);
    assertThat(everywhere.isLoopback()).isFalse();
    assertThatThrownBy(everywhere::requireLoopback)
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("loopback");
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThatThrownBy(() -> Listen.onLoopback(65_536))
        .isInstanceOf(CannotStartException.class)
        .hasMessage("port: 65536 (expected: 0 to 65535)");
    assertThatThrownBy(() -> Listen.onLoopback(-1)).isInstanceOf(CannotStartException.class);
  }

  @Test
  void namesAPortThatIsTaken() {
    assertThat(Listen.onLoopback(8080).taken("HTTP", new BindException()))
        .hasMessageStartingWith("HTTP port 8080 on 127.0.0.1: taken")
        .hasMessageContaining("expected: a free port");
  }
}
