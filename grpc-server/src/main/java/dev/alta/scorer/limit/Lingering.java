package dev.alta.scorer.limit;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ServerCall;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Limited calls that came over the network, and since when. One whose client does not send its
 * request, or does not take the answer, holds its permit for so long at most: a few thousand of
 * them would otherwise be all that is let in. Safe for several threads.
 */
final class Lingering {
  private record Place(EventExecutor loop, long since) {}

  private final Map<LimitedStream, Place> calls = new ConcurrentHashMap<>();
  private final long longest;
  private final LongSupplier nanos;

  /**
   * Takes the time.
   *
   * @param longest how long a call may hold its permit
   * @param nanos a clock in nanoseconds, from any start: {@link System#nanoTime}
   */
  Lingering(Duration longest, LongSupplier nanos) {
    this.longest = longest.toNanos();
    this.nanos = nanos;
  }

  /** Follows a call of this thread's loop; its listener tells when its request has come. */
  <Q> ServerCall.Listener<Q> follow(
      LimitedStream stream, EventExecutor loop, ServerCall.Listener<Q> listener) {
    calls.put(stream, new Place(loop, nanos.getAsLong()));
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onHalfClose() {
        stream.isWhole();
        super.onHalfClose();
      }
    };
  }

  void forget(LimitedStream stream) {
    Place unused = calls.remove(stream);
  }

  /** To be asked now and then: each call that has held its permit too long is told on its loop. */
  void sweep() {
    long now = nanos.getAsLong();
    calls.forEach(
        (stream, place) -> {
          if (now - place.since() > longest) {
            place.loop().execute(stream::expire);
          }
        });
  }
}
