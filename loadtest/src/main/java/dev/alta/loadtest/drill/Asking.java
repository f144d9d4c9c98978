package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import dev.alta.loadtest.scorer.BenchRows;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a scorer for predictions all the time, and remembers what it answered. A version's first
 * answer to an encounter is what it has to answer ever after.
 */
final class Asking implements AutoCloseable {
  private static final int THREADS = 2;
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_SECONDS = 60;
  private static final int ENCOUNTERS = 16;

  private final ManagedChannel channel;
  private final ReadmissionServiceBlockingStub client;
  private final List<PredictRequest> questions;
  private final String name;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong longest = new AtomicLong();
  private final AtomicLong others = new AtomicLong();
  private final Queue<String> answered = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> refused = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Double>> first = new ConcurrentHashMap<>();
  private final Set<String> versions = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * Begins.
   *
   * @param port of gRPC
   * @param name what its request ids begin with; no other's in the same log
   */
  Asking(int port, String name) {
    this.name = name;
    this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    this.client = ReadmissionServiceGrpc.newBlockingStub(channel).withWaitForReady();
    this.questions =
        BenchRows.generate(ENCOUNTERS).encounters().stream()
            .map(encounter -> PredictRequest.newBuilder().setEncounter(encounter).build())
            .toList();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(this::ask, "asking");
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Begins once a scorer that was started is ready. */
  static Asking whenReady(AltaProcess scorer, String name) throws IOException {
    var ports = scorer.await(AltaProcess.SERVES);
    scorer.awaitOk(Integer.parseInt(ports.group(2)), "/ready");
    return new Asking(Integer.parseInt(ports.group(1)), name);
  }

  private void ask() {
    while (!stopped) {
      long number = asked.incrementAndGet();
      int which = (int) (number % questions.size());
      String id = name + "-" + number;
      long start = System.nanoTime();
      try {
        PredictResponse answer =
            client
                .withDeadlineAfter(LONGEST_SECONDS, TimeUnit.SECONDS)
                .predict(questions.get(which).toBuilder().setRequestId(id).build());
        answered.add(id);
        compare(which, answer);
      } catch (StatusRuntimeException failed) {
        refused.merge(failed.getStatus().toString(), 1L, Long::sum);
      }
      long took = System.nanoTime() - start;
      longest.accumulateAndGet(took, Math::max);
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }

  private void compare(int which, PredictResponse answer) {
    versions.add(answer.getModelVersion());
    Map<String, Double> before =
        first.putIfAbsent(answer.getModelVersion() + "/" + which, answer.getProbabilitiesMap());
    if (before != null && !before.equals(answer.getProbabilitiesMap())) {
      others.incrementAndGet();
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
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public void close() {
    stopped = true;
    channel.shutdownNow();
  }
}
