package dev.alta.scorer.limit;

import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.grpc.netty.shaded.io.netty.util.concurrent.FastThreadLocal;
import io.grpc.netty.shaded.io.netty.util.internal.ThreadExecutorMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long calls wait for the event loop that their connection belongs to, and which of them have
 * waited too long. Predictions run on the loop, so under overload the calls wait in the sockets,
 * where nothing counts them; but what one turn of the loop over its connections takes is how long
 * those wait that come last.
 *
 * <p>Under overload a turn answers what fits into its time, and each connection that asks for more
 * gets as large a part of it as the others; what a connection leaves over is for those. The first
 * call of a connection in a turn is answered in any case: it is not who asks one thing after the
 * other that keeps the loop busy. For the loop's thread only.
 */
final class LoopTurns {
  /** One for each loop, made where it is asked for first. */
  static final class OfThreads {
    private final FastThreadLocal<LoopTurns> turns = new FastThreadLocal<>();

    /** Those of this thread's loop; none where this thread is no loop's. */
    @Nullable LoopTurns get() {
      LoopTurns known = turns.get();
      EventExecutor loop = known == null ? ThreadExecutorMap.currentExecutor() : null;
      if (loop != null) {
        known = new LoopTurns(loop, System::nanoTime, ThreadTime::nanos);
        turns.set(known);
      }
      return known;
    }
  }

  /** What a connection may have answered, in nanoseconds. */
  static final class Part {
    private long left;
    private long taken;
    private long turn = -1;
    private long firstIn = -1;
    private boolean isShort;
  }

  // Of connections, in a turn.
  private static final int MOST_FIRSTS = 64;

  private final EventExecutor loop;
  private final LongSupplier nanos;
  private final Patience patience;
  private @Nullable Part reading;
  private final List<Part> parts = new ArrayList<>();
  private long turn;
  private int firsts;
  private boolean begun;
  private boolean isLetIn;
  private long fair;

  LoopTurns(EventExecutor loop, LongSupplier nanos, LongSupplier cpuNanos) {
    this.loop = loop;
    this.nanos = nanos;
    this.patience = new Patience(cpuNanos);
    this.fair = patience.longest();
  }

  EventExecutor loop() {
    return loop;
  }

  /** Whether calls have only been waiting for calls lately. */
  boolean isOverloaded() {
    return patience.isOverloaded();
  }

  /** Whether there may be an overload soon, or was one lately. */
  boolean isStrained() {
    return patience.isStrained();
  }

  private void begin(long now) {
    if (!begun) {
      begun = true;
      turn++;
      firsts = 0;
      patience.begin(now);
      // What a loop is given to do comes after all connections that have something to read.
      loop.execute(this::end);
    }
  }

  /** What is read from now on is of a connection; none: it has been read. */
  void read(@Nullable Part connection) {
    reading = connection;
  }

  /** Whether a call that has come now, of the connection that is read, has waited too long. */
  boolean isOver() {
    long now = nanos.getAsLong();
    begin(now);
    if (isLetIn) {
      isLetIn = false;
      return false;
    }
    return !isFirst(reading) && patience.isOver(now);
  }

  /**
   * Whether a call is the first one of its connection in this turn, and is answered for that,
   * however long others have kept the loop busy.
   */
  private boolean isFirst(@Nullable Part connection) {
    if (connection == null || connection.firstIn == turn || firsts >= MOST_FIRSTS) {
      return false;
    }
    connection.firstIn = turn;
    firsts++;
    patience.answer();
    return true;
  }

  /** Whether a call that has come now by a connection has waited too long. */
  boolean isOver(Part part) {
    long now = nanos.getAsLong();
    begin(now);
    if (part.turn != turn) {
      part.turn = turn;
      part.left = Math.min(part.left, 0) + fair;
      part.taken = 0;
      part.isShort = false;
      parts.add(part);
    }
    boolean isFirst = isFirst(part);
    boolean isOver = !isFirst && isOver(part, now);
    part.isShort |= isOver;
    isLetIn = !isOver;
    if (!isOver) {
      part.left -= isFirst ? 0 : patience.usual();
      part.taken += patience.usual();
    }
    return isOver;
  }

  private boolean isOver(Part part, long now) {
    if (part.left <= 0 && !patience.isOfFew()) {
      patience.refuse(now);
      return true;
    }
    return patience.isOver(now);
  }

  private void end() {
    begun = false;
    patience.end(nanos.getAsLong());
    long others = 0;
    int greedy = 0;
    for (Part part : parts) {
      greedy += part.isShort ? 1 : 0;
      others += part.isShort ? 0 : part.taken;
    }
    parts.clear();
    long left = Math.max(patience.longest() - others, 0);
    fair = greedy == 0 ? patience.longest() : Math.max(1, left / greedy);
  }
}
