package dev.alta.scorer.call;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Meters the calls that predict and have one answer. Those of a stream are many requests in one
 * call, which the stream meters itself.
 */
public final class CallMeter implements ServerInterceptor {
  private final Map<String, RequestMeters> byMethod;

  public CallMeter(MeterRegistry metrics) {
    Function<MethodDescriptor<?, ?>, RequestMeters> meters =
        method -> new RequestMeters(metrics, String.valueOf(method.getBareMethodName()));
    this.byMethod =
        PredictingMethods.UNARY.stream()
            .collect(Collectors.toUnmodifiableMap(MethodDescriptor::getFullMethodName, meters));
  }

  /** A call of a method, by its full name, was refused before it came here. */
  public void refused(String method) {
    RequestMeters meters = byMethod.get(method);
    if (meters != null) {
      meters.ended(Status.Code.RESOURCE_EXHAUSTED, 0);
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    RequestMeters meters = byMethod.get(call.getMethodDescriptor().getFullMethodName());
    if (meters == null) {
      return next.startCall(call, headers);
    }
    Metered<Q, A> metered = new Metered<>(call, meters, System.nanoTime());
    return new SimpleForwardingServerCallListener<>(next.startCall(metered, headers)) {
      @Override
      public void onCancel() {
        metered.ended(Status.Code.CANCELLED);
        super.onCancel();
      }
    };
  }

  private static final class Metered<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final RequestMeters meters;
    private final long start;
    private boolean ended;

    Metered(ServerCall<Q, A> call, RequestMeters meters, long start) {
      super(call);
      this.meters = meters;
      this.start = start;
    }

    /** Closed here and cancelled there may come at the same time, from two threads. */
    synchronized void ended(Status.Code status) {
      if (!ended) {
        ended = true;
        meters.ended(status, System.nanoTime() - start);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      ended(status.getCode());
      super.close(status, trailers);
    }
  }
}
