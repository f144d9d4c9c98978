package dev.alta.scorer.log;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets no answer out before the predictions in it are on disk; where they do not get there, the
 * call ends with UNAVAILABLE. No thread waits meanwhile.
 */
public final class KeptFirst implements ServerInterceptor {
  private final PredictionLog log;
  private final Predicate<String> predicts;

  /**
   * Takes its parts.
   *
   * @param predicts whether the answers of a method, by its full name, are predictions
   */
  public KeptFirst(PredictionLog log, Predicate<String> predicts) {
    this.log = log;
    this.predicts = predicts;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return predicts.test(call.getMethodDescriptor().getFullMethodName())
        ? next.startCall(new HeldBack<>(call, log), headers)
        : next.startCall(call, headers);
  }

  private record Ending(Status status, Metadata trailers) {}

  /**
   * The headers, the answers and the end of a call, in their order. The headers wait, too: a caller
   * who has them does not ask another replica where this one is gone before its answer.
   */
  private static final class HeldBack<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final PredictionLog log;
    private @Nullable Metadata headers;
    private int held;
    private boolean ended;
    private @Nullable Ending ending;

    HeldBack(ServerCall<Q, A> call, PredictionLog log) {
      super(call);
      this.log = log;
    }

    @Override
    public synchronized void sendHeaders(Metadata sent) {
      headers = sent;
    }

    private void releaseHeaders() {
      Metadata sent = headers;
      headers = null;
      if (sent != null) {
        super.sendHeaders(sent);
      }
    }

    @Override
    public void sendMessage(A message) {
      synchronized (this) {
        held++;
      }
      log.afterwards(onDisk -> release(message, onDisk));
    }

    private synchronized void release(A message, boolean onDisk) {
      held--;
      if (ended) {
        return;
      }
      if (!onDisk) {
        ended = true;
        super.close(PredictionLog.unavailable(), new Metadata());
        return;
      }
      releaseHeaders();
      super.sendMessage(message);
      Ending end = ending;
      if (held == 0 && end != null) {
        ended = true;
        super.close(end.status(), end.trailers());
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (held > 0) {
        ending = new Ending(status, trailers);
      } else if (!ended) {
        ended = true;
        releaseHeaders();
        super.close(status, trailers);
      }
    }
  }
}
