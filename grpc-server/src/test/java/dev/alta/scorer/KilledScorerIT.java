package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills (SIGKILL) a scorer under load at random moments. How many times: {@code -Dalta.kills=20},
 * as CI does; 2 otherwise, since each costs the start of a JVM.
 */
@Timeout(600)
final class KilledScorerIT {
  private static final int KILLS = Integer.getInteger("alta.kills", 2);
  private static final int AT_ONCE = 64;

  private static final int LEAST_ANSWERED = 100;
  private static final Duration LONGEST_STORING = Duration.ofMinutes(1);

  private final long seed = Long.getLong("alta.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Queue<String> answered = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  @TempDir Path folder;

  @Test
  void hasEachAnsweredPredictionInTheTableOnceHoweverOftenItIsKilled() throws Exception {
    try (TestParts parts = TestParts.start(folder)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        ScorerProcess scorer = ScorerProcess.start(parts, folder.resolve("spool"));
        try {
          callFor(scorer.port(), 200 + random.nextInt(1_000), scorer);
        } finally {
          scorer.kill();
        }
      }
      ScorerProcess last = ScorerProcess.start(parts, folder.resolve("spool"));
      awaitLogged(parts);
      assertThat(last.stop()).isZero();
      List<String> logged = logged(parts);
      System.out.printf(
          "%d kills, seed %d, %d asked, %d answered, %d logged%n",
          KILLS, seed, asked.get(), answered.size(), logged.size());
      assertThat(logged).as("seed %d", seed).doesNotHaveDuplicates().containsAll(answered);
    }
  }

  /** Until all that was answered is in the table: a busy machine takes its time to store it. */
  private void awaitLogged(TestParts parts) throws Exception {
    long end = System.nanoTime() + LONGEST_STORING.toNanos();
    while (!Set.copyOf(logged(parts)).containsAll(answered) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static List<String> logged(TestParts parts) throws Exception {
    return parts.query("SELECT request_id FROM inference_log");
  }

  /**
   * Keeps so many calls under way for so long, at least until some are answered, then kills the
   * scorer among them.
   */
  private void callFor(int port, int millis, ScorerProcess scorer) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      Serving.await(channel);
      var client =
          ReadmissionServiceGrpc.newFutureStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
      PredictRequest request =
          PredictRequest.newBuilder().setEncounter(Encounters.withInpatientStays(1)).build();
      Semaphore room = new Semaphore(AT_ONCE);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      int enough = answered.size() + LEAST_ANSWERED;
      while (System.nanoTime() < end || answered.size() < enough) {
        room.acquire();
        String id = "r" + asked.incrementAndGet();
        watch(id, client.predict(request.toBuilder().setRequestId(id).build()), room);
      }
      scorer.kill();
      assertThat(room.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).as("calls ended").isTrue();
    } finally {
      channel.shutdownNow();
    }
  }

  private void watch(String id, ListenableFuture<PredictResponse> call, Semaphore room) {
    Futures.addCallback(
        call,
        new FutureCallback<PredictResponse>() {
          @Override
          public void onSuccess(@Nullable PredictResponse answer) {
            answered.add(id);
            room.release();
          }

          @Override
          public void onFailure(Throwable killed) {
            room.release();
          }
        },
        MoreExecutors.directExecutor());
  }
}
