package dev.alta.scorer.limit;

import io.grpc.Attributes;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Knows how many calls are open, until the last byte of their answers is out. Those that watch the
 * scorer's health or reflect on it do not count: they may go on for ever.
 *
 * <p>So many at most: each takes some memory, also one that is begun and never sent, or answered
 * and never read. The second half of them is for connections with few calls open, so that a client
 * that opens calls without end keeps no other one out.
 */
public final class OpenCalls implements ServerInterceptor {
  // Of a connection; more than a client that waits for its answers has as a rule.
  private static final int FEW = 16;
  private static final String OF_GRPC_ITSELF = "grpc.";
  private static final Attributes.Key<OfConnection> CONNECTION =
      Attributes.Key.create("alta-open-calls");
  private static final Status TOO_MANY =
      Status.RESOURCE_EXHAUSTED.withDescription("more calls are open than the scorer can hold");

  /** Counted by the lock of all. */
  private static final class OfConnection {
    private volatile int open;
  }

  private final int most;
  private int open;

  /** Takes how many calls may be open. */
  public OpenCalls(int most) {
    this.most = most;
  }

  /** To be given to the server beside this: gives each connection a count of its own. */
  public static ServerTransportFilter ofConnections() {
    return new ServerTransportFilter() {
      @Override
      public Attributes transportReady(Attributes attributes) {
        return attributes.toBuilder().set(CONNECTION, new OfConnection()).build();
      }
    };
  }

  /** Whether the connection of a call that has begun has few open, this one included. */
  static boolean areFewBeside(ServerCall<?, ?> call) {
    OfConnection connection = call.getAttributes().get(CONNECTION);
    return connection != null && connection.open <= FEW;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (call.getMethodDescriptor().getFullMethodName().startsWith(OF_GRPC_ITSELF)) {
      return next.startCall(call, headers);
    }
    OfConnection connection = call.getAttributes().get(CONNECTION);
    if (!begins(connection)) {
      call.close(TOO_MANY, new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onComplete() {
        ended(connection);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        ended(connection);
        super.onCancel();
      }
    };
  }

  private synchronized boolean begins(@Nullable OfConnection connection) {
    // Calls of this process come without one; who is behind them is limited elsewhere.
    boolean areFew = connection == null || connection.open < FEW;
    boolean begins = open < (areFew ? most : most / 2);
    if (begins) {
      change(connection, 1);
    }
    return begins;
  }

  private synchronized void ended(@Nullable OfConnection connection) {
    change(connection, -1);
    notifyAll();
  }

  private synchronized void change(@Nullable OfConnection connection, int by) {
    open += by;
    if (connection != null) {
      connection.open += by;
    }
  }

  /** Waits until no call is open, so long at most; gives how many are left. */
  public synchronized int await(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    long left = longest.toMillis();
    while (open > 0 && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
    return open;
  }
}
