package dev.alta.scorer;

import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import java.util.concurrent.TimeUnit;

/**
 * Leaves deadlines out of predictions within the process where they are far away. Such a prediction
 * is computed on the caller's thread and takes microseconds; the timers that would watch over it,
 * one for the caller and one for the server, cost more than it does.
 */
final class FarDeadlines implements ClientInterceptor {
  private static final long FAR_SECONDS = 1;

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    Deadline deadline = options.getDeadline();
    boolean needless =
        deadline != null
            && method == ReadmissionServiceGrpc.getPredictMethod()
            && deadline.timeRemaining(TimeUnit.SECONDS) >= FAR_SECONDS;
    return next.newCall(method, needless ? options.withDeadline(null) : options);
  }
}
