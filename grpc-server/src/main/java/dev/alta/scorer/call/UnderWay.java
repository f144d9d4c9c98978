package dev.alta.scorer.call;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Knows how many calls are under way, until the last byte of their answers is out. Those that watch
 * the scorer's health or reflect on it do not count: they may go on for ever.
 *
 * <p>So many at most: each takes some memory, also one that is begun and never sent, or answered
 * and never read.
 */
public final class UnderWay implements ServerInterceptor {
  private static final String OF_GRPC_ITSELF = "grpc.";
  private static final Status TOO_MANY =
      Status.RESOURCE_EXHAUSTED.withDescription("more calls are open than the scorer can hold");

  private final int most;
  private int calls;

  /** Takes how many calls may be under way. */
  public UnderWay(int most) {
    this.most = most;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getFullMethodName().startsWith(OF_GRPC_ITSELF)) {
      return next.startCall(call, headers);
    }
    if (!begins()) {
      call.close(TOO_MANY, new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onComplete() {
        ended();
        super.onComplete();
      }

      @Override
      public void onCancel() {
        ended();
        super.onCancel();
      }
    };
  }

  private synchronized boolean begins() {
    boolean begins = calls < most;
    calls += begins ? 1 : 0;
    return begins;
  }

  private synchronized void ended() {
    calls--;
    notifyAll();
  }

  /** Waits until no call is under way, so long at most; gives how many are left. */
  public synchronized int await(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    long left = longest.toMillis();
    while (calls > 0 && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return calls;
  }
}
