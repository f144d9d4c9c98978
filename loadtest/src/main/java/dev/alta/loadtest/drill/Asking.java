package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import dev.alta.loadtest.drill.Callers.Asked;
import dev.alta.loadtest.scorer.BenchRows;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks a scorer for predictions all the time, and remembers what it answered. A version's first
 * answer to an encounter is what it has to answer ever after.
 */
final class Asking implements AutoCloseable {
  private static final int CALLERS = 2;
  private static final int ENCOUNTERS = 16;
  private static final long PAUSE_MILLIS = 10;

  private final Callers callers;
  private final AtomicLong longest = new AtomicLong();
  private final AtomicLong others = new AtomicLong();
  private final Queue<String> answered = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> refused = new ConcurrentHashMap<>();
  private final Map<String, String> first = new ConcurrentHashMap<>();
  private final Set<String> versions = ConcurrentHashMap.newKeySet();

  /**
   * Begins.
   *
   * @param port of gRPC
   * @param name what its request ids begin with; no other's in the same log
   */
  Asking(int port, String name) {
    BenchRows rows = BenchRows.generate(ENCOUNTERS);
    this.callers =
        new Callers(
            name, CALLERS, ENCOUNTERS, PAUSE_MILLIS, () -> new GrpcAsker(port, rows), this::heard);
  }

  /** Begins once a scorer that was started is ready. */
  static Asking whenReady(AltaProcess scorer, String name) throws IOException {
    var ports = scorer.await(AltaProcess.SERVES);
    scorer.awaitOk(Integer.parseInt(ports.group(2)), "/ready");
    return new Asking(Integer.parseInt(ports.group(1)), name);
  }

  private void heard(Asked asked) {
    longest.accumulateAndGet(asked.ended() - asked.begun(), Math::max);
    if (asked.reply() instanceof Reply.Answered answer) {
      versions.add(answer.version());
      String before = first.putIfAbsent(answer.version() + "/" + asked.row(), answer.text());
      if (before != null && !before.equals(answer.text())) {
        others.incrementAndGet();
      }
      answered.add(asked.id());
    } else if (asked.reply() instanceof Reply.Refused none) {
      refused.merge(none.why(), 1L, Long::sum);
    } else if (asked.reply() instanceof Reply.Wrong wrong) {
      refused.merge(wrong.what(), 1L, Long::sum);
    }
  }

  /** Waits until it has been answered so many times more. */
  void awaitAnswers(int more) throws InterruptedException {
    int enough = answered.size() + more;
    while (answered.size() < enough) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  /** The versions that have answered since this was last asked, but for calls still under way. */
  Set<String> versions() throws InterruptedException {
    Set<String> seen = new HashSet<>(versions);
    versions.clear();
    return seen;
  }

  /** Tells how much was answered and how soon, and what was not. */
  void report(Drilled drilled) {
    drilled.count("predictions answered", answered.size());
    drilled.count("slowest answer, ms", TimeUnit.NANOSECONDS.toMillis(longest.get()));
    new TreeMap<>(refused)
        .forEach((status, times) -> drilled.say("not answered: %s, %d times", status, times));
    drilled.invariant(
        "predictions not answered", refused.values().stream().mapToLong(n -> n).sum());
  }

  /** Tells whether all that was answered is in the log once, as soon as it is or after so long. */
  void reportLogged(Drilled drilled, DatabaseSettings database, long longestSeconds)
      throws SQLException, InterruptedException {
    drilled.invariant("answered predictions lost", notLogged(database, longestSeconds).size());
    try (Sql sql = new Sql(database)) {
      drilled.invariant(
          "answered predictions doubled",
          sql.number("SELECT count(*) - count(DISTINCT request_id) FROM inference_log"));
    }
  }

  /** Waits, so long at most, until all that was answered is in the log; gives what is not. */
  Set<String> notLogged(DatabaseSettings database, long longestSeconds)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(longestSeconds);
    Set<String> missing = new HashSet<>(answered);
    try (Sql sql = new Sql(database)) {
      while (!missing.isEmpty() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(200);
        missing.removeAll(new HashSet<>(sql.texts("SELECT request_id FROM inference_log")));
      }
    }
    return missing;
  }

  /** Ids of all that was answered so far. */
  List<String> answered() {
    return List.copyOf(answered);
  }

  /** Answers that were others than the same version gave before. */
  long others() {
    return others.get();
  }

  /** Ends, once the calls under way have ended. */
  void stop() throws InterruptedException, ExecutionException {
    var unused = callers.stop();
  }

  @Override
  public void close() {
    callers.close();
  }
}
