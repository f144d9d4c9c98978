package dev.alta.scorer.limit;

import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.grpc.netty.shaded.io.netty.util.concurrent.FastThreadLocal;
import io.grpc.netty.shaded.io.netty.util.internal.ThreadExecutorMap;

/**
 * How long calls wait for the event loop that their connection belongs to. Predictions run on it,
 * so under overload the calls wait in the sockets, where nothing counts them; but what one pass of
 * the loop over its connections takes is how long those wait that come last.
 */
final class LoopPatience {
  private static final class Turn {
    private final Patience patience = new Patience();
    private boolean begun;

    boolean isOver(EventExecutor loop) {
      long now = System.nanoTime();
      if (begun) {
        return patience.isOver(now);
      }
      begun = true;
      patience.begin(now);
      // What a loop is given to do comes after all connections that have something to read.
      loop.execute(this::end);
      return false;
    }

    private void end() {
      begun = false;
      patience.end(System.nanoTime());
    }
  }

  private final FastThreadLocal<Turn> turns =
      new FastThreadLocal<>() {
        @Override
        protected Turn initialValue() {
          return new Turn();
        }
      };

  /** Whether a call that has come now has waited too long; on a loop's thread, else no. */
  boolean isOver() {
    EventExecutor loop = ThreadExecutorMap.currentExecutor();
    return loop != null && turns.get().isOver(loop);
  }
}
