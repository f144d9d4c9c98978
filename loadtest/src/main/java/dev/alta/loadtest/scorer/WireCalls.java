package dev.alta.loadtest.scorer;

import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Makes the same call over several connections, from one thread. */
final class WireCalls implements AutoCloseable {
  private static final int MOST_UNDER_WAY = 100_000;
  private static final int LONGEST_SECONDS = 30;
  private static final long NAP_NANOS = 20_000;

  /**
   * What came of it, the first second left out.
   *
   * @param firstP99Micros of the answers in the first second
   * @param askedPerSecond calls a second that were made, of those that were due
   * @param okPerSecond answers a second
   * @param p50Micros of the answers, from when they were to be asked for
   * @param shed calls that ended in RESOURCE_EXHAUSTED
   * @param failed calls that ended otherwise
   * @param busy share of the time in which this client had something to do
   */
  record Outcome(
      long firstP99Micros,
      double askedPerSecond,
      double okPerSecond,
      long p50Micros,
      long p99Micros,
      long shed,
      long shedP50Micros,
      long shedP99Micros,
      long failed,
      double busy) {}

  private final List<WireConnection> connections = new ArrayList<>();
  private Tally tally = new Tally(0, 0);
  private int next;

  WireCalls(int port, int count, String path, byte[] message) throws IOException {
    for (int i = 0; i < count; i++) {
      connections.add(new WireConnection(port, path, message));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (!connections.stream().allMatch(WireConnection::isReady)) {
      exchange();
      if (System.nanoTime() > end) {
        throw new IOException("no settings from port " + port + " (expected: a server of HTTP/2)");
      }
    }
  }

  /** Asks so often a second, whatever comes back. */
  Outcome ask(double perSecond, int seconds) throws IOException {
    return ask(perSecond, MOST_UNDER_WAY, seconds);
  }

  /** Has so many calls under way, and asks again as soon as an answer is there. */
  Outcome askAtOnce(int atOnce, int seconds) throws IOException {
    return ask(0, atOnce, seconds);
  }

  private Outcome ask(double perSecond, int atOnce, int seconds) throws IOException {
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(1 + seconds);
    tally = new Tally(start + TimeUnit.SECONDS.toNanos(1), end);
    double gap = 1e9 / perSecond;
    long asked = 0;
    long napped = 0;
    for (long now = start; now < end; now = System.nanoTime()) {
      boolean isAtRate = perSecond > 0;
      long due = isAtRate ? start + (long) (asked * gap) : now;
      boolean some = false;
      while (due <= now && asked - tally.ended < atOnce && call(due)) {
        some = true;
        asked++;
        due = isAtRate ? start + (long) (asked * gap) : now;
      }
      if (!exchange() && !some) {
        LockSupport.parkNanos(NAP_NANOS);
        napped += System.nanoTime() - now;
      }
    }
    double busy = 1 - (double) napped / (System.nanoTime() - start);
    awaitTheRest(asked, end);
    return tally.outcome(asked, seconds, busy);
  }

  private void awaitTheRest(long asked, long from) throws IOException {
    long end = from + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (tally.ended < asked) {
      if (!exchange()) {
        LockSupport.parkNanos(NAP_NANOS);
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            (asked - tally.ended) + " calls without an answer after " + LONGEST_SECONDS + " s");
      }
    }
  }

  /** On the next connection that has room. */
  private boolean call(long due) {
    for (int i = 0; i < connections.size(); i++) {
      next = (next + 1) % connections.size();
      if (connections.get(next).call(due)) {
        return true;
      }
    }
    return false;
  }

  private boolean exchange() throws IOException {
    boolean some = false;
    for (WireConnection connection : connections) {
      some |= connection.exchange(tally);
    }
    return some;
  }

  private static final class Tally implements WireConnection.Ended {
    private final long begin;
    private final long end;
    private final Micros first = new Micros();
    private final Micros ok = new Micros();
    private final Micros shed = new Micros();
    private long ended;
    private long early;
    private long failed;
    private long inTime;

    Tally(long begin, long end) {
      this.begin = begin;
      this.end = end;
    }

    @Override
    public void call(long due, int status) {
      long now = System.nanoTime();
      ended++;
      early += due < begin ? 1 : 0;
      inTime += status == Status.Code.OK.value() && now >= begin && now < end ? 1 : 0;
      if (status == Status.Code.OK.value()) {
        (due < begin ? first : ok).add(now - due);
      } else if (status != Status.Code.RESOURCE_EXHAUSTED.value()) {
        failed++;
      } else if (due >= begin) {
        shed.add(now - due);
      }
    }

    Outcome outcome(long asked, int seconds, double busy) {
      first.sort();
      ok.sort();
      shed.sort();
      return new Outcome(
          first.quantile(0.99),
          (double) (asked - early) / seconds,
          (double) inTime / seconds,
          ok.quantile(0.5),
          ok.quantile(0.99),
          shed.count,
          shed.quantile(0.5),
          shed.quantile(0.99),
          failed,
          busy);
    }
  }

  private static final class Micros {
    private int[] values = new int[1 << 16];
    private int count;

    void add(long nanos) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = (int) TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    void sort() {
      Arrays.sort(values, 0, count);
    }

    long quantile(double share) {
      return count == 0 ? 0 : values[(int) (count * share)];
    }
  }

  @Override
  public void close() throws IOException {
    for (WireConnection connection : connections) {
      connection.close();
    }
  }
}
