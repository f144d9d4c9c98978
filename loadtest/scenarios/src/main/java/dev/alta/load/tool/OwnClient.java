package dev.alta.load.tool;

import dev.alta.load.record.Samples;
import dev.alta.load.record.Samples.Sample;
import dev.alta.load.rows.Requests;
import dev.alta.load.scenario.Load;
import dev.alta.load.target.Caller;
import dev.alta.load.target.Target;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Sends each request when it is due, from one thread, and knows exactly when that was. At most so
 * many wait for their answers at once; what is due beyond that is sent later, and the delay counts.
 */
public final class OwnClient implements Tool {
  private static final int MOST_AT_ONCE = 1_000;

  @Override
  public String name() {
    return "own";
  }

  @Override
  public String words() {
    return "own client; times to the microsecond";
  }

  @Override
  public String refuses(Load load) {
    return "";
  }

  @Override
  public Samples run(Load load, Target target, Requests requests, Path folder)
      throws InterruptedException {
    int atOnce = load.isOpen() ? MOST_AT_ONCE : load.atOnce();
    try (Caller caller = Caller.to(target, requests, load)) {
      Run run = new Run(caller, load.schedule().requests());
      Semaphore room = new Semaphore(atOnce);
      long start = System.nanoTime();
      long last =
          start
              + TimeUnit.SECONDS.toNanos(load.schedule().seconds())
              + (load.isOpen() ? load.patience().toNanos() : 0);
      int sent = 0;
      for (; sent < run.requests() && System.nanoTime() < last; sent++) {
        long due = load.isOpen() ? start + Math.round(load.schedule().due(sent) * 1e9) : 0;
        if (load.isOpen()) {
          Due.await(due);
        }
        if (!room.tryAcquire(last - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          break;
        }
        run.send(sent, load.isOpen() ? due : System.nanoTime(), room);
      }
      // Each answer or its deadline gives its place back.
      room.tryAcquire(atOnce, 2 * load.patience().toMillis(), TimeUnit.MILLISECONDS);
      return run.samples(sent, load, start);
    }
  }

  /** Notes by request number. */
  private record Run(
      Caller caller,
      AtomicLongArray due,
      AtomicLongArray begun,
      AtomicLongArray ended,
      AtomicReferenceArray<String> status) {
    Run(Caller caller, int requests) {
      this(
          caller,
          new AtomicLongArray(requests),
          new AtomicLongArray(requests),
          new AtomicLongArray(requests),
          new AtomicReferenceArray<>(requests));
    }

    int requests() {
      return due.length();
    }

    void send(int number, long at, Semaphore room) {
      due.setPlain(number, at);
      begun.setPlain(number, System.nanoTime());
      caller.call(
          number,
          (how, version) -> {
            ended.setRelease(number, System.nanoTime());
            status.setRelease(number, how);
            room.release();
          });
    }

    Samples samples(int sent, Load load, long start) {
      // From the clock that never jumps to the one that others share.
      long shift = Samples.since1970(Instant.now()) - System.nanoTime();
      List<Sample> samples = new ArrayList<>(sent);
      for (int i = 0; i < sent; i++) {
        String how = status.getAcquire(i);
        long end = how == null ? System.nanoTime() : ended.getAcquire(i);
        samples.add(
            new Sample(
                due.getPlain(i) + shift,
                begun.getPlain(i) + shift,
                end + shift,
                how == null ? Samples.NO_ANSWER : how));
      }
      if (load.isOpen()) {
        samples.addAll(Samples.unsent(load.schedule(), sent, start + shift));
      }
      return Samples.of(samples);
    }
  }
}
