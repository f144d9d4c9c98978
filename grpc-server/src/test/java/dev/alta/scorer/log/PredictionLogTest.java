package dev.alta.scorer.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.database.LoggedPrediction;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.Risk;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PredictionLogTest {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<LoggedPrediction> kept = Collections.synchronizedList(new ArrayList<>());

  @Test
  void writesAllThatWaitsBeforeItCloses() {
    PredictionLog log = new PredictionLog(10_000, kept::addAll, metrics);
    log.start();

    IntStream.range(0, 5_000).forEach(i -> log.add(answered("r" + i)));
    log.close();

    assertThat(kept).hasSize(5_000);
    assertThat(kept.get(4_999).requestId()).isEqualTo("r4999");
    assertThat(count("written")).isEqualTo(5_000);
    assertThat(count("dropped")).isZero();
  }

  @Test
  void keepsWhatWasAskedAndWhatWasAnswered() {
    PredictionLog log = new PredictionLog(10, kept::addAll, metrics);
    log.start();

    log.add(answered("r"));
    log.close();

    LoggedPrediction logged = kept.get(0);
    assertThat(logged.encounterJson()).isEqualTo("{\"age\":\"[50-60)\",\"time_in_hospital\":3}");
    assertThat(logged.prediction()).isEqualTo("NO");
    assertThat(logged.probabilityMostUrgent()).isEqualTo(0.25);
    assertThat(logged.risk()).isEqualTo("LOW");
    assertThat(logged.latencyMicros()).isEqualTo(2);
    assertThat(logged.modelVersion()).isEqualTo("3");
  }

  @Test
  void triesAgainWhileTheSinkIsAway() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch written = new CountDownLatch(1);
    PredictionLog log =
        new PredictionLog(
            10,
            batch -> {
              if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("away");
              }
              kept.addAll(batch);
              written.countDown();
            },
            metrics);
    log.start();

    log.add(answered("r"));

    assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();
    log.close();
    assertThat(kept).hasSize(1);
    assertThat(count("failures")).isEqualTo(2);
  }

  @Test
  void dropsAndCountsWhatDoesNotFitWithoutBlocking() {
    // Not started, so nothing leaves the queue.
    PredictionLog log = new PredictionLog(3, kept::addAll, metrics);

    IntStream.range(0, 10).forEach(i -> log.add(answered("r" + i)));

    assertThat(count("dropped")).isEqualTo(7);
    assertThat(metrics.get("inference.log.queue.depth").gauge().value()).isEqualTo(3);
  }

  @Test
  void closesInTimeAndCountsWhatIsLostWhenTheSinkStaysAway() {
    PredictionLog log =
        new PredictionLog(
            100,
            batch -> {
              throw new IllegalStateException("away");
            },
            metrics);
    log.start();
    IntStream.range(0, 50).forEach(i -> log.add(answered("r" + i)));

    log.close();

    assertThat(count("dropped")).isEqualTo(50);
  }

  private double count(String what) {
    return metrics.get("inference.log." + what).counter().count();
  }

  private static Answered answered(String id) {
    return new Answered(
        Encounter.newBuilder().setAge("[50-60)").setTimeInHospital(3).build(),
        PredictResponse.newBuilder()
            .setPrediction("NO")
            .putProbabilities("NO", 0.75)
            .putProbabilities("<30", 0.25)
            .setRisk(Risk.LOW)
            .setModelAlias("champion")
            .setModelVersion("3")
            .setRequestId(id)
            .build(),
        "readmission",
        "<30",
        Instant.EPOCH,
        2_500);
  }
}
