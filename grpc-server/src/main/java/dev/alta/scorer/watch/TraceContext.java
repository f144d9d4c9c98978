package dev.alta.scorer.watch;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * Puts the header {@code traceparent} of a call (W3C Trace Context, as OpenTelemetry sends it) into
 * the context of what is logged while the call is worked on, under the same name.
 */
public final class TraceContext implements ServerInterceptor {
  private static final String NAME = "traceparent";
  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of(NAME, Metadata.ASCII_STRING_MARSHALLER);
  // Nothing else gets into a log.
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String trace = headers.get(HEADER);
    if (trace == null || !FORM.matcher(trace).matches()) {
      return next.startCall(call, headers);
    }
    MDC.put(NAME, trace);
    try {
      return new Traced<>(next.startCall(call, headers), trace);
    } finally {
      MDC.remove(NAME);
    }
  }

  private static final class Traced<Q> extends SimpleForwardingServerCallListener<Q> {
    private final String trace;

    Traced(ServerCall.Listener<Q> listener, String trace) {
      super(listener);
      this.trace = trace;
    }

    @Override
    public void onMessage(Q message) {
      traced(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      traced(super::onHalfClose);
    }

    private void traced(Runnable work) {
      MDC.put(NAME, trace);
      try {
        work.run();
      } finally {
        MDC.remove(NAME);
      }
    }
  }
}
