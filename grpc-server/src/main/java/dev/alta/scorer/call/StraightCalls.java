package dev.alta.scorer.call;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a method within the process, without a transport: on the caller's thread, through the
 * same interceptors and tracers as any other. gRPC's own transport within a process keeps queues,
 * retries and timers for each call, which cost more than a prediction.
 *
 * <p>Only calls whose deadline is far are taken: no timer watches over them. The others go on.
 */
public final class StraightCalls implements ClientInterceptor {
  private static final long FAR_SECONDS = 1;

  private final MethodDescriptor<?, ?> method;
  private final ServerMethodDefinition<InputStream, InputStream> served;
  private final List<ServerStreamTracer.Factory> tracers;
  private volatile boolean closed;

  /**
   * Takes what is called.
   *
   * @param method the one that is called in this way
   * @param service that has it, with messages as streams ({@link ReadableMessages})
   * @param interceptors the last one sees a call first
   */
  @SuppressWarnings("unchecked") // Messages are streams, as asked for.
  public StraightCalls(
      MethodDescriptor<?, ?> method,
      ServerServiceDefinition service,
      List<ServerInterceptor> interceptors,
      List<ServerStreamTracer.Factory> tracers) {
    this.method = method;
    this.served =
        (ServerMethodDefinition<InputStream, InputStream>)
            ServerInterceptors.intercept(service, interceptors)
                .getMethod(method.getFullMethodName());
    this.tracers = List.copyOf(tracers);
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> called, CallOptions options, Channel next) {
    return called == method && isFar(options.getDeadline()) && !closed
        ? new StraightCall<>(called, served, tracers)
        : next.newCall(called, options);
  }

  private static boolean isFar(@Nullable Deadline deadline) {
    return deadline == null || deadline.timeRemaining(TimeUnit.SECONDS) >= FAR_SECONDS;
  }

  /** From now on calls go to the transport, which refuses them once its server has stopped. */
  public void close() {
    closed = true;
  }
}
