package dev.alta.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import dev.alta.testing.Visit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DayClientIT {
  private static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  private static final String EMPTY =
      "{\"group_number\":1,\"day\":1,\"batch_number\":1,\"data\":[]}";

  @Test
  void triesAgainWhatMayPass() throws IOException {
    try (Broken source = new Broken(n -> n < 3 ? 503 : 200, EMPTY)) {
      assertThat(client(source).get(1)).isPresent();
      assertThat(source.requests).hasValue(3);
    }
  }

  @Test
  void givesUpAfterFiveTries() throws IOException {
    try (Broken source = new Broken(n -> 500, "{\"message\":\"disk full\"}")) {
      assertThatThrownBy(() -> client(source).get(1))
          .isInstanceOf(PipelineException.class)
          .hasMessage(
              source.url().of(1) + ": status 500, disk full, tried 5 times (expected: status 200)");
      assertThat(source.requests).hasValue(5);
    }
  }

  @Test
  void doesNotTryAgainWhatWillNotPass() throws IOException {
    for (int status : new int[] {301, 400, 403, 404}) {
      try (Broken source = new Broken(n -> status, "not here")) {
        assertThatThrownBy(() -> client(source).get(1))
            .isInstanceOf(PipelineException.class)
            .hasMessage(source.url().of(1) + ": status " + status + " (expected: status 200)");
        assertThat(source.requests).hasValue(1);
      }
    }
  }

  @Test
  void takesOnlyADocumentedAnswerForTheEndOfTheDays() throws IOException {
    try (Broken source = new Broken(n -> 404, "{\"code\":\"NO_SUCH_DAY\"}")) {
      assertThat(client(source).get(1)).isEmpty();
    }
    try (Broken source = new Broken(n -> 404, "{\"code\":\"NO_SUCH_GROUP\"}")) {
      assertThatThrownBy(() -> client(source).get(1)).hasMessageContaining("status 404");
    }
    try (Broken source = new Broken(n -> 410, "{\"code\":\"NO_SUCH_DAY\"}")) {
      assertThatThrownBy(() -> client(source).get(1)).hasMessageContaining("status 410");
    }
  }

  @Test
  void boundsTheSizeOfAnAnswer() throws IOException {
    try (Broken source = new Broken(n -> 200, EMPTY + " ".repeat(10_000))) {
      DayClient client = new DayClient(source.url(), CONTRACT, Duration.ofSeconds(10), 1_000);
      assertThatThrownBy(() -> client.get(1))
          .isInstanceOf(PipelineException.class)
          .hasMessageEndingWith("an answer of more than 1000 bytes (expected: fewer rows a day)");
      assertThat(source.requests).hasValue(1);
    }
  }

  @Test
  void doesNotWaitForEverForAnAnswer() throws IOException {
    // Lets in connections, as the system does for it, but never reads from one.
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      DayClient client =
          new DayClient(at(silent.getLocalPort()), CONTRACT, Duration.ofMillis(50), 1_000);
      assertThatThrownBy(() -> client.get(1))
          .isInstanceOf(PipelineException.class)
          .hasMessageContaining("no answer within 50 ms")
          .hasMessageContaining("tried 5 times");
    }
  }

  @Test
  void saysWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> new DayClient(at(port), CONTRACT).get(1))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith(at(port).of(1) + ": no answer (")
        .hasMessageEndingWith("tried 5 times (expected: status 200)");
  }

  private static DayClient client(Broken source) {
    return new DayClient(source.url(), CONTRACT);
  }

  private static SourceUrl at(int port) {
    return SourceUrl.parse("http://127.0.0.1:" + port + "?group_number=1");
  }
}
