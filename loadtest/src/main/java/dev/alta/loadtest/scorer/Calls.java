package dev.alta.loadtest.scorer;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceFutureStub;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls a scorer over several connections, from one process. */
final class Calls implements AutoCloseable {
  private static final int MOST = 1_000_000;

  /**
   * What came of it.
   *
   * @param okPerSecond answers a second
   * @param p50Micros of the answers, from when they were to be asked for
   * @param shed calls that ended in RESOURCE_EXHAUSTED
   * @param failed calls that ended otherwise
   */
  record Outcome(
      double okPerSecond,
      double askedPerSecond,
      long p50Micros,
      long p99Micros,
      long shed,
      long shedP50Micros,
      long shedP99Micros,
      long failed) {}

  private final List<ManagedChannel> channels;
  private final List<ReadmissionServiceFutureStub> stubs;
  private final Function<ReadmissionServiceFutureStub, ListenableFuture<?>> call;

  /**
   * Opens connections.
   *
   * @param call what is asked, again and again
   */
  Calls(
      int port, int connections, Function<ReadmissionServiceFutureStub, ListenableFuture<?>> call) {
    this.channels =
        IntStream.range(0, connections)
            .mapToObj(
                i ->
                    NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .directExecutor()
                        .build())
            .toList();
    this.stubs = channels.stream().map(ReadmissionServiceGrpc::newFutureStub).toList();
    this.call = call;
  }

  /** Asks as often a second as said, whatever comes back; with so many under way at most. */
  Outcome ask(double perSecond, int atOnce, int seconds) throws InterruptedException {
    Tally tally = new Tally();
    Semaphore room = new Semaphore(atOnce);
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    double gap = 1e9 / perSecond;
    int asked = 0;
    while (System.nanoTime() < end) {
      long due = start + (long) (asked * gap);
      long early = due - System.nanoTime();
      if (early > 100_000) {
        LockSupport.parkNanos(early);
      }
      room.acquire();
      ask(asked++, perSecond < 1e9 ? due : System.nanoTime(), tally, room);
    }
    double took = (System.nanoTime() - start) / 1e9;
    room.tryAcquire(atOnce, 30, TimeUnit.SECONDS);
    return tally.outcome(asked, took);
  }

  /** Asks again as soon as an answer is there. */
  Outcome askAtOnce(int atOnce, int seconds) throws InterruptedException {
    return ask(1e9, atOnce, seconds);
  }

  private void ask(int number, long due, Tally tally, Semaphore room) {
    Futures.addCallback(
        call.apply(stubs.get(number % stubs.size())),
        new FutureCallback<Object>() {
          @Override
          public void onSuccess(@Nullable Object answer) {
            tally.ok(System.nanoTime() - due);
            room.release();
          }

          @Override
          public void onFailure(Throwable failure) {
            tally.failed(Status.fromThrowable(failure), System.nanoTime() - due);
            room.release();
          }
        },
        MoreExecutors.directExecutor());
  }

  private static final class Tally {
    private final int[] micros = new int[MOST];
    private final int[] shedMicros = new int[MOST];
    private final AtomicInteger ok = new AtomicInteger();
    private final AtomicInteger shed = new AtomicInteger();
    private final AtomicLong failed = new AtomicLong();

    void ok(long nanos) {
      micros[ok.getAndIncrement()] = (int) (nanos / 1_000);
    }

    void failed(Status status, long nanos) {
      if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
        shedMicros[shed.getAndIncrement()] = (int) (nanos / 1_000);
      } else {
        failed.incrementAndGet();
      }
    }

    Outcome outcome(int asked, double seconds) {
      return new Outcome(
          ok.get() / seconds,
          asked / seconds,
          quantile(micros, ok.get(), 0.5),
          quantile(micros, ok.get(), 0.99),
          shed.get(),
          quantile(shedMicros, shed.get(), 0.5),
          quantile(shedMicros, shed.get(), 0.99),
          failed.get());
    }

    private static long quantile(int[] values, int count, double share) {
      int[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return count == 0 ? 0 : sorted[(int) (count * share)];
    }
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
