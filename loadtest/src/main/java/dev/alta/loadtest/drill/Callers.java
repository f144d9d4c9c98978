package dev.alta.loadtest.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Callers who each ask again as soon as they have heard, until they are told to stop. */
final class Callers implements AutoCloseable {
  /**
   * A request and what came of it.
   *
   * @param begun when it was sent, as {@link System#nanoTime}
   * @param ended when the reply was there
   */
  record Asked(String id, int row, Reply reply, long begun, long ended) {}

  private final ExecutorService threads;
  private final List<Future<List<Asked>>> callers = new ArrayList<>();
  private final AtomicInteger replies = new AtomicInteger();
  private final int rows;
  private final long pauseMillis;
  private final Consumer<Asked> heard;
  private volatile boolean stopped;

  /**
   * Starts them.
   *
   * @param name what their requests' ids begin with
   * @param rows how many encounters there are
   * @param pauseMillis between a reply and the next request
   */
  Callers(String name, int number, int rows, long pauseMillis, Supplier<Asker> askers) {
    this(name, number, rows, pauseMillis, askers, reply -> {});
  }

  /**
   * Starts them.
   *
   * @param heard is told each reply as it comes, by its caller's thread
   */
  Callers(
      String name,
      int number,
      int rows,
      long pauseMillis,
      Supplier<Asker> askers,
      Consumer<Asked> heard) {
    this.rows = rows;
    this.pauseMillis = pauseMillis;
    this.heard = heard;
    this.threads = Executors.newFixedThreadPool(number);
    for (int caller = 0; caller < number; caller++) {
      String ids = name + "-" + caller + "-";
      Callable<List<Asked>> asking =
          () -> {
            try (Asker asker = askers.get()) {
              return ask(ids, asker);
            }
          };
      callers.add(threads.submit(asking));
    }
  }

  private List<Asked> ask(String ids, Asker asker) throws InterruptedException {
    List<Asked> asked = new ArrayList<>();
    while (!stopped) {
      String id = ids + asked.size();
      int row = asked.size() % rows;
      long begun = System.nanoTime();
      Reply reply = asker.ask(id, row);
      Asked one = new Asked(id, row, reply, begun, System.nanoTime());
      asked.add(one);
      replies.incrementAndGet();
      heard.accept(one);
      // Who is refused does not turn in circles.
      TimeUnit.MILLISECONDS.sleep(
          reply instanceof Reply.Answered ? pauseMillis : Math.max(1, pauseMillis));
    }
    return asked;
  }

  /** How many requests have ended so far. */
  int replies() {
    return replies.get();
  }

  /** No further request is sent; waits for those under way, and gives each caller's in order. */
  List<List<Asked>> stop() throws InterruptedException, ExecutionException {
    stopped = true;
    List<List<Asked>> all = new ArrayList<>();
    for (Future<List<Asked>> caller : callers) {
      all.add(caller.get());
    }
    return all;
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
