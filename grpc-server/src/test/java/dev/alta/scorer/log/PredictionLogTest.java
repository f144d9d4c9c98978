package dev.alta.scorer.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alta.core.audit.Finding;
import dev.alta.core.life.CannotStartException;
import dev.alta.database.DatabaseException;
import dev.alta.database.LoggedPrediction;
import dev.alta.database.SpooledPrediction;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.Risk;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class PredictionLogTest {
  // However slow the disk is: what these tests ask for is all of it.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final List<LoggedPrediction> stored = Collections.synchronizedList(new ArrayList<>());
  private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  @TempDir Path folder;
  private Path spool;

  @BeforeEach
  void name() {
    spool = folder.resolve("spool");
  }

  @Test
  void storesAllThatCameBeforeItClosesAndLeavesNothingOnDisk() throws Exception {
    PredictionLog log = open(LogSettings.in(spool), this::store);

    IntStream.range(0, 5_000).forEach(i -> log.add(List.of(answered("r" + i))));
    log.close();

    assertThat(requestIds()).isEqualTo(IntStream.range(0, 5_000).mapToObj(i -> "r" + i).toList());
    assertThat(count("written")).isEqualTo(5_000);
    assertThat(metrics.get("inference.log.spool.depth").gauge().value()).isZero();
    assertThat(segments()).isEmpty();
  }

  @Test
  void keepsWhatWasAskedAndWhatWasAnswered() {
    PredictionLog log = open(LogSettings.in(spool), this::store);

    log.add(List.of(answered("r")));
    log.close();

    assertThat(stored)
        .singleElement()
        .satisfies(
            logged -> {
              assertThat(logged.encounterJson())
                  .isEqualTo("{\"age\":\"[50-60)\",\"time_in_hospital\":3}");
              assertThat(logged.prediction()).isEqualTo("NO");
              assertThat(logged.probabilityMostUrgent()).isEqualTo(0.25);
              assertThat(logged.risk()).isEqualTo("LOW");
              assertThat(logged.latencyMicros()).isEqualTo(2);
              assertThat(logged.modelVersion()).isEqualTo("3");
              assertThat(logged.loggedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
            });
  }

  @Test
  void keepsOnDiskWhatTheSinkDidNotTakeAndStoresItAfterTheNextStart() throws Exception {
    PredictionLog away = open(LogSettings.in(spool), this::away);
    IntStream.range(0, 50).forEach(i -> away.add(List.of(answered("r" + i))));
    away.close();
    assertThat(segments()).hasSize(1);

    PredictionLog back = open(LogSettings.in(spool), this::store);
    back.add(List.of(answered("later")));
    back.close();

    assertThat(requestIds()).hasSize(51).startsWith("r0", "r1").endsWith("r49", "later");
    assertThat(segments()).isEmpty();
  }

  @Test
  void waitsForTheSinkBeforeItEndsWhereItsSpoolWouldEndWithIt() throws Exception {
    AtomicBoolean told = new AtomicBoolean();
    AtomicInteger failuresAfterwards = new AtomicInteger();
    PredictionLog log =
        open(
            LogSettings.in(spool).withDrain(PATIENCE),
            (id, portion) -> {
              if (!told.get() || failuresAfterwards.incrementAndGet() < 4) {
                throw new DatabaseException("away");
              }
              return store(id, portion);
            });
    IntStream.range(0, 50).forEach(i -> log.add(List.of(answered("r" + i))));

    told.set(true);
    log.close();

    assertThat(requestIds()).isEqualTo(IntStream.range(0, 50).mapToObj(i -> "r" + i).toList());
    assertThat(segments()).isEmpty();
  }

  @Test
  void givesUpWaitingForTheSinkInTheEndAndKeepsAllOnDisk() throws Exception {
    PredictionLog away = open(LogSettings.in(spool), this::away);
    IntStream.range(0, 50).forEach(i -> away.add(List.of(answered("r" + i))));
    away.close();

    PredictionLog stillAway =
        PredictionLog.open(
            LogSettings.in(spool).withDrain(Duration.ofMillis(10)),
            this::away,
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    stillAway.start();
    stillAway.close();

    metrics = new SimpleMeterRegistry();
    open(LogSettings.in(spool), this::store).close();
    assertThat(requestIds()).hasSize(50);
  }

  @Test
  void triesAgainWhileTheSinkIsAway() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch back = new CountDownLatch(1);
    PredictionLog log =
        open(
            LogSettings.in(spool),
            (id, portion) -> {
              if (attempts.incrementAndGet() < 3) {
                throw new DatabaseException("away");
              }
              back.countDown();
              return store(id, portion);
            });

    log.add(List.of(answered("r")));

    assertThat(back.await(60, TimeUnit.SECONDS)).isTrue();
    log.close();
    assertThat(requestIds()).containsExactly("r");
    assertThat(count("failures")).isEqualTo(2);
  }

  @Test
  void dropsAndCountsWhatDoesNotFitIntoMemoryWithoutBlocking() {
    // Not started, so nothing leaves the queue.
    int one = answered("r0").payload().length();
    PredictionLog log =
        PredictionLog.open(
            LogSettings.in(spool).withWaiting(4L * one - 1),
            this::store,
            metrics,
            Clock.systemUTC());

    IntStream.range(0, 10).forEach(i -> log.add(List.of(answered("r" + i))));

    assertThat(dropped("queue")).isEqualTo(7);
    assertThat(metrics.get("inference.log.queue.depth").gauge().value()).isEqualTo(3);
    log.close();
  }

  @Test
  void staysWithinItsBoundsAndStoresAllThatWasOnDisk() throws Exception {
    LogSettings small = LogSettings.in(spool).withLargest(1 << 20).withWaiting(1 << 18);
    PredictionLog log = open(small, this::away);
    int added = 0;
    while (metrics.get("inference.log.disk.failures").counter().count() == 0) {
      log.add(List.of(answered("r" + added++ + "x".repeat(1_000))));
    }
    long size = (long) metrics.get("inference.log.spool.size").gauge().value();
    log.close();

    assertThat(size).isBetween((1L << 20) - 400_000, 1L << 20);
    double spooled = count("spooled");
    assertThat(spooled + dropped("queue") + dropped("disk")).isEqualTo(added);
    metrics = new SimpleMeterRegistry();
    open(small, this::store).close();
    assertThat(requestIds()).hasSize((int) spooled).doesNotHaveDuplicates();
  }

  @Test
  void refusesWhereItIsRequiredAndTheDiskFailsAndGoesOnOnceItWorks() throws Exception {
    PredictionLog log = open(LogSettings.in(spool).withRequired(true), this::store);
    assertThat(kept(log, "before")).isTrue();
    Path moved = Files.move(spool, folder.resolve("moved"));
    // The open segment is still written; the next one cannot be made.
    int more = 0;
    while (kept(log, "r" + more + "x".repeat(100_000))) {
      more++;
    }

    assertThat(
            catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> {
                      while (true) {
                        log.add(List.of(answered("refused")));
                      }
                    })
                .getStatus()
                .getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    Files.move(moved, spool);
    while (!keptOrRefused(log, "after")) {
      Thread.onSpinWait();
    }
    log.close();
    assertThat(requestIds()).contains("before", "after").doesNotHaveDuplicates();
    assertThat(requestIds()).filteredOn(id -> id.startsWith("r")).hasSizeGreaterThanOrEqualTo(more);
  }

  @Test
  void logsAShareChosenByTheRequestId() {
    PredictionLog log = open(LogSettings.in(spool).withShare(0.25), this::store);
    IntStream.range(0, 4_000).forEach(i -> log.add(List.of(answered("r" + i))));
    log.close();

    assertThat(stored).hasSizeBetween(850, 1_150);
    List<String> first = requestIds();
    stored.clear();
    metrics = new SimpleMeterRegistry();
    PredictionLog again = open(LogSettings.in(spool).withShare(0.25), this::store);
    IntStream.range(0, 4_000).forEach(i -> again.add(List.of(answered("r" + i))));
    again.close();
    assertThat(requestIds()).isEqualTo(first);
  }

  @Test
  void passesOverADamagedTailAndADamagedRecord() throws Exception {
    PredictionLog log = open(LogSettings.in(spool), this::away);
    IntStream.range(0, 100).forEach(i -> log.add(List.of(answered("r-" + (1_000 + i)))));
    log.close();
    Path segment = segments().get(0);
    int record = (int) (Files.size(segment) - RecordForm.SEGMENT_HEADER) / 100;
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      // One bit of the third record's length, one of the fifth's payload, and half of the last.
      flip(channel, segment, RecordForm.SEGMENT_HEADER + 2 * record + 2);
      flip(channel, segment, RecordForm.SEGMENT_HEADER + 4 * record + record - 3);
      channel.truncate(channel.size() - record / 2);
    }
    SpoolAudit.Result audited = SpoolAudit.of(spool, Map.of());
    assertThat(audited.waiting()).isEqualTo(97);
    assertThat(audited.findings())
        .singleElement()
        .satisfies(f -> assertThat(f.what()).startsWith(segment + ": " + 2 * record + " bytes"));

    metrics = new SimpleMeterRegistry();
    open(LogSettings.in(spool), this::store).close();

    assertThat(requestIds())
        .isEqualTo(
            IntStream.range(0, 99)
                .filter(i -> i != 2 && i != 4)
                .mapToObj(i -> "r-" + (1_000 + i))
                .toList());
    assertThat(count("damaged.bytes")).isEqualTo(2 * record + record - record / 2);
    assertThat(segments()).isEmpty();
  }

  @Test
  void putsAsideWhatDoesNotBeginAsASegmentAndGoesOn() throws Exception {
    Files.createDirectories(spool);
    Files.writeString(spool.resolve("segment-0000000007.spool"), "no segment ".repeat(10));
    Files.writeString(spool.resolve("segment-0000000008.spool"), "cut off");
    assertThat(findings()).singleElement().asString().contains("07.spool: does not begin");

    PredictionLog log = open(LogSettings.in(spool), this::store);
    log.add(List.of(answered("r")));
    log.close();

    assertThat(requestIds()).containsExactly("r");
    try (Stream<Path> files = Files.list(spool)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("lock", "segment-0000000007.spool.damaged");
    }
    assertThat(findings()).singleElement().asString().contains("07.spool.damaged: was put aside");
  }

  @Test
  void isOfOneProcessAtATime() {
    PredictionLog log = open(LogSettings.in(spool), this::store);

    assertThatThrownBy(() -> open(LogSettings.in(spool), this::store))
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("in use by another scorer");
    log.close();
  }

  private List<String> findings() throws IOException {
    return SpoolAudit.of(spool, Map.of()).findings().stream().map(Finding::what).toList();
  }

  private PredictionLog open(LogSettings settings, LogSink sink) {
    PredictionLog log =
        PredictionLog.open(settings.withLongestClose(PATIENCE), sink, metrics, Clock.systemUTC());
    log.start();
    return log;
  }

  private long store(UUID id, List<SpooledPrediction> portion) {
    portion.forEach(spooled -> stored.add(spooled.prediction()));
    return portion.size();
  }

  private long away(UUID id, List<SpooledPrediction> portion) {
    throw new DatabaseException("away");
  }

  private static boolean kept(PredictionLog log, String id) throws Exception {
    log.add(List.of(answered(id)));
    CompletableFuture<Boolean> kept = new CompletableFuture<>();
    log.afterwards(kept::complete);
    return kept.get(60, TimeUnit.SECONDS);
  }

  private static boolean keptOrRefused(PredictionLog log, String id) throws Exception {
    try {
      return kept(log, id);
    } catch (StatusRuntimeException refused) {
      return false;
    }
  }

  private static void flip(FileChannel channel, Path file, long at) throws IOException {
    byte old = Files.readAllBytes(file)[(int) at];
    channel.write(ByteBuffer.wrap(new byte[] {(byte) (old ^ 4)}), at);
  }

  private List<String> requestIds() {
    return stored.stream().map(LoggedPrediction::requestId).toList();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return files.filter(file -> file.toString().endsWith(".spool")).toList();
    }
  }

  private double count(String what) {
    return metrics.get("inference.log." + what).counter().count();
  }

  private double dropped(String reason) {
    return metrics.get("inference.log.dropped").tag("reason", reason).counter().count();
  }

  private static Answered answered(String id) {
    return new Answered(
        Encounter.newBuilder().setAge("[50-60)").setTimeInHospital(3).build().toByteString(),
        PredictResponse.newBuilder()
            .setPrediction("NO")
            .putProbabilities("NO", 0.75)
            .putProbabilities("<30", 0.25)
            .setRisk(Risk.LOW)
            .setModelAlias("champion")
            .setModelVersion("3")
            .setRequestId(id)
            .build()
            .toByteString(),
        id,
        "readmission",
        "3",
        "<30",
        0,
        Instant.parse("2026-01-02T03:04:05.678901Z"),
        2_500);
  }
}
