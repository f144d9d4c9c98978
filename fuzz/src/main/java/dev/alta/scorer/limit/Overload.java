package dev.alta.scorer.limit;

import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;

/** A loop whose time is made up, and that can be brought into overload and out of it. */
final class Overload {
  private static final int TURNS = 40;
  private static final int CALLS = 80;
  private static final long LONG_CALL = TimeUnit.MILLISECONDS.toNanos(1);

  final LoopTurns turns;
  private final EmbeddedChannel channel;
  private long now = TimeUnit.HOURS.toNanos(1);

  Overload(EmbeddedChannel channel) {
    this.channel = channel;
    this.turns = new LoopTurns(channel.eventLoop(), () -> now, () -> now);
  }

  void pass(long nanos) {
    now += nanos;
  }

  /** Turns of many long calls, none of which comes by the channel. */
  void begin() {
    for (int turn = 0; turn < TURNS; turn++) {
      for (int call = 0; call < CALLS; call++) {
        boolean unused = turns.isOver();
        pass(LONG_CALL);
      }
      channel.runPendingTasks();
    }
    if (!turns.isOverloaded()) {
      throw new IllegalStateException("no overload (expected: one, or nothing is tried here)");
    }
  }

  /** Nothing for a minute. */
  void end() {
    pass(TimeUnit.MINUTES.toNanos(1));
  }
}
