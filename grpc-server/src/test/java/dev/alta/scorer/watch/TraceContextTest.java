package dev.alta.scorer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

final class TraceContextTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final List<@Nullable String> seen = new ArrayList<>();

  @Test
  void hasTheTraceAtHandWhileACallIsWorkedOnAndNotAfterwards() {
    ServerCall.Listener<String> listener = call(TRACE);
    listener.onMessage("m");
    listener.onHalfClose();

    assertThat(seen).containsExactly(TRACE, TRACE, TRACE);
    assertThat(MDC.get("traceparent")).isNull();
  }

  @Test
  void letsNothingElseIntoTheLog() {
    ServerCall.Listener<String> listener = call("x\n2026 ERROR forged");
    listener.onHalfClose();

    assertThat(seen).containsOnlyNulls();
  }

  private ServerCall.Listener<String> call(String trace) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), trace);
    return new TraceContext()
        .interceptCall(
            new NoCall(),
            headers,
            (call, ignored) -> {
              note();
              return new ServerCall.Listener<>() {
                @Override
                public void onMessage(String message) {
                  note();
                }

                @Override
                public void onHalfClose() {
                  note();
                }
              };
            });
  }

  private void note() {
    seen.add(MDC.get("traceparent"));
  }

  /** Nothing is answered here. */
  private static final class NoCall extends ServerCall<String, String> {
    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(String message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<String, String> getMethodDescriptor() {
      throw new UnsupportedOperationException("nobody asks");
    }
  }
}
