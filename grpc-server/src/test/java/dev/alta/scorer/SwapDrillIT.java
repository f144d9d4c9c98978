package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alta.core.life.Listen;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Swaps models by setting the alias anew, under load. How often: {@code -Dalta.swaps=1000}, as CI
 * does; 20 otherwise. They come back to back, or one each so many milliseconds: {@code
 * -Dalta.swaps.every=100}.
 */
@Timeout(1_200)
final class SwapDrillIT {
  private static final int SWAPS = Integer.getInteger("alta.swaps", 20);
  private static final int EVERY_MILLIS = Integer.getInteger("alta.swaps.every", 0);
  private static final int ROUNDS = 5;
  private static final int VERSIONS = 7;
  private static final int CALLERS = 4;
  private static final PredictRequest REQUEST =
      PredictRequest.newBuilder().setEncounter(Encounters.withInpatientStays(2)).build();
  // What belongs to a model is far more than what is left over for each swap by this.
  private static final long MOST_GROWTH_PER_SWAP = 2_000;

  // Swap i makes version 1 + i % 7 answer. One that has begun may answer; once the next one has
  // ended, it may not.
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  // As many threads, whatever the machine has.
  private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
  private volatile boolean enough;
  @TempDir Path folder;

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void failsNoRequestAndAnswersWithAVersionThatWasCurrentDuringTheCall() throws Exception {
    S3Endpoint endpoint = S3Endpoint.start(folder.resolve("store"));
    try (ObjectStore store =
        ObjectStore.open(
            new StoreSettings(
                endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models"))) {
      Registry registry = new Registry(store, "readmission", Clock.systemUTC());
      IntStream.rangeClosed(1, VERSIONS)
          .forEach(version -> registry.publish(SmallModels.publication(version)));
      registry.setAlias("champion", 1, Optional.empty(), "drill");
      try (Scorer scorer =
          Scorer.start(
              ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0))
                  .withWatchEvery(Duration.ofMillis(5)),
              () -> registry,
              null,
              new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
        drill(registry, scorer);
      }
    } finally {
      endpoint.close();
    }
  }

  private void drill(Registry registry, Scorer scorer) throws Exception {
    ManagedChannel first = channel(scorer);
    Serving.await(first);
    first.shutdownNow();
    // The machine warms up; both kinds of phases then come in turn, so that neither gains by it.
    call(scorer, () -> swap(registry, scorer, SWAPS / ROUNDS));
    List<LongStream> steady = new ArrayList<>();
    List<LongStream> swapping = new ArrayList<>();
    long before = usedAfterCollection();

    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      swapping.add(call(scorer, () -> swap(registry, scorer, SWAPS / ROUNDS)));
      long took = System.nanoTime() - start;
      steady.add(call(scorer, () -> callFor(scorer, took)));
    }

    report(sorted(swapping), sorted(steady));
    long growth = usedAfterCollection() - before;
    System.out.printf("heap and metaspace %+d KiB%n", growth >> 10);
    assertThat(growth).isLessThan(SWAPS * MOST_GROWTH_PER_SWAP + (6 << 20));
  }

  private static long[] sorted(List<LongStream> calls) {
    return calls.stream().flatMapToLong(call -> call).sorted().toArray();
  }

  private static void report(long[] swapping, long[] steady) {
    System.out.printf(
        "%d swaps, %s, in %d rounds, %d calls, 0 failed; p50, p99, p99.9 in µs: %s; without swaps, in"
            + " turn: %s; p99 %.2f times that without%n",
        SWAPS,
        EVERY_MILLIS == 0 ? "back to back" : "one each " + EVERY_MILLIS + " ms",
        ROUNDS,
        swapping.length,
        quantiles(swapping),
        quantiles(steady),
        (double) quantile(swapping, 0.99) / quantile(steady, 0.99));
  }

  /** Sets the alias anew so often, each time once the version before answers. */
  private void swap(Registry registry, Scorer scorer, int swaps) {
    ManagedChannel channel = channel(scorer);
    try {
      ReadmissionServiceBlockingStub client = ReadmissionServiceGrpc.newBlockingStub(channel);
      long start = System.nanoTime();
      for (int i = 0; i < swaps; i++) {
        long due = start + TimeUnit.MILLISECONDS.toNanos((long) i * EVERY_MILLIS);
        while (System.nanoTime() < due) {
          // Calls as it does between swaps: there are as many callers all the while.
          assertThat(client.predict(REQUEST).getModelVersion()).isNotEmpty();
        }
        int next = begun.incrementAndGet();
        Optional<Alias> alias = registry.alias("champion");
        registry.setAlias("champion", version(next), alias, "drill");
        String expected = Integer.toString(version(next));
        while (!client.predict(REQUEST).getModelVersion().equals(expected)) {
          // The scorer has not looked yet, or is loading.
        }
        ended.incrementAndGet();
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private void callFor(Scorer scorer, long nanos) {
    ManagedChannel channel = channel(scorer);
    try {
      ReadmissionServiceBlockingStub client = ReadmissionServiceGrpc.newBlockingStub(channel);
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        assertThat(client.predict(REQUEST).getModelVersion()).isNotEmpty();
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private static int version(int swap) {
    return 1 + swap % VERSIONS;
  }

  /** Calls all the while; gives how long each call took, in nanoseconds. */
  private LongStream call(Scorer scorer, Runnable meanwhile) throws Exception {
    enough = false;
    List<CompletableFuture<LongStream>> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> callUntilEnough(scorer), threads))
            .toList();
    meanwhile.run();
    enough = true;
    LongStream all = LongStream.empty();
    for (CompletableFuture<LongStream> caller : callers) {
      all = LongStream.concat(all, caller.get(60, TimeUnit.SECONDS));
    }
    return all;
  }

  private LongStream callUntilEnough(Scorer scorer) {
    ManagedChannel channel = channel(scorer);
    LongStream.Builder nanos = LongStream.builder();
    try {
      ReadmissionServiceBlockingStub client = ReadmissionServiceGrpc.newBlockingStub(channel);
      while (!enough) {
        int from = ended.get();
        long start = System.nanoTime();
        PredictResponse answer = client.predict(REQUEST);
        nanos.add(System.nanoTime() - start);
        assertThat(IntStream.rangeClosed(from, begun.get()).mapToObj(SwapDrillIT::version))
            .as("versions that were current during the call")
            .contains(Integer.parseInt(answer.getModelVersion()));
        assertThat(answer.getProbabilityWithin30Days())
            .isCloseTo(
                SmallModels.urgent(Float.parseFloat(answer.getModelVersion())), within(1e-6));
      }
    } finally {
      channel.shutdownNow();
    }
    return nanos.build();
  }

  private static ManagedChannel channel(Scorer scorer) {
    return NettyChannelBuilder.forAddress("127.0.0.1", scorer.port()).usePlaintext().build();
  }

  private static String quantiles(long[] sorted) {
    return Arrays.toString(
        new long[] {
          quantile(sorted, 0.5) / 1_000,
          quantile(sorted, 0.99) / 1_000,
          quantile(sorted, 0.999) / 1_000
        });
  }

  private static long quantile(long[] sorted, double share) {
    return sorted[(int) (sorted.length * share)];
  }

  private static long usedAfterCollection() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      var memory = ManagementFactory.getMemoryMXBean();
      long metaspace =
          ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getName().equals("Metaspace"))
              .mapToLong(pool -> pool.getUsage().getUsed())
              .sum();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed() + metaspace);
    }
    return least;
  }
}
