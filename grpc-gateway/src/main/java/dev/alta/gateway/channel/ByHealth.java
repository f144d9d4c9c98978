package dev.alta.gateway.channel;

import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two channels to the same replicas. What only a warm model can answer goes to those that say they
 * have one: a replica listens before it can answer, and calls that came to it by turns would fail
 * although others could answer. All else, such as loading a model, goes to any.
 */
final class ByHealth extends Channel {
  private static final String NOT_HEALTHY = "Health-check service responded";

  private static final Set<String> NEED_A_MODEL =
      Stream.of(
              ReadmissionServiceGrpc.getPredictMethod(),
              ReadmissionServiceGrpc.getPredictBatchMethod(),
              ReadmissionServiceGrpc.getPredictStreamMethod(),
              ReadmissionServiceGrpc.getExplainMethod(),
              GRPCInferenceServiceGrpc.getModelInferMethod(),
              HealthGrpc.getCheckMethod())
          .map(MethodDescriptor::getFullMethodName)
          .collect(Collectors.toUnmodifiableSet());

  private final Channel healthy;
  private final Channel any;

  ByHealth(Channel healthy, Channel any) {
    this.healthy = healthy;
    this.any = any;
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return NEED_A_MODEL.contains(method.getFullMethodName())
        ? new InOurWords<>(healthy.newCall(method, options))
        : any.newCall(method, options);
  }

  @Override
  public String authority() {
    return healthy.authority();
  }

  /** That no replica is healthy is said as a replica itself says it. */
  private static final class InOurWords<Q, A> extends SimpleForwardingClientCall<Q, A> {
    InOurWords(ClientCall<Q, A> call) {
      super(call);
    }

    @Override
    public void start(Listener<A> listener, Metadata headers) {
      super.start(
          new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
              super.onClose(inOurWords(status), trailers);
            }
          },
          headers);
    }
  }

  private static Status inOurWords(Status status) {
    String said = status.getDescription();
    return status.getCode() == Status.Code.UNAVAILABLE
            && said != null
            && said.startsWith(NOT_HEALTHY)
        ? Status.UNAVAILABLE.withDescription("no model is loaded and warm yet; try again")
        : status;
  }
}
