package dev.alta.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alta.database.DatabaseException;
import dev.alta.database.SpooledPrediction;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceBlockingStub;
import dev.alta.scorer.log.LogSettings;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A scorer whose spool lies on a file system that is really full. */
@Timeout(60)
final class FullDiskIT {
  private static final int BYTES = 2 << 20;
  private static final PredictRequest REQUEST =
      RunningScorer.request(Encounters.withInpatientStays(1));

  private final List<String> stored = Collections.synchronizedList(new ArrayList<>());
  private final List<String> answered = new ArrayList<>();
  @TempDir Path folder;
  private Path disk;
  private boolean mounted;
  private volatile boolean databaseIsAway = true;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "tmpfs", disk.toString());
    assumeTrue(mounted, "skipped: to mount a small file system, run it as root on Linux");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }

  @Test
  void refusesPredictionsWhereTheLogIsRequiredUntilThereIsRoomAgainAndLosesNone() throws Exception {
    try (RunningScorer scorer = start(LogSettings.in(spool()).withRequired(true))) {
      predict(scorer);
      Path ballast = fill();
      while (code(scorer) == Status.Code.OK) {
        // What is left of the last block is used up.
      }
      assertThat(code(scorer)).isEqualTo(Status.Code.UNAVAILABLE);

      Files.delete(ballast);
      while (code(scorer) != Status.Code.OK) {
        Thread.onSpinWait();
      }
      databaseIsAway = false;
      awaitStored(answered.size());
    }
    assertThat(stored).doesNotHaveDuplicates().containsAll(answered);
  }

  @Test
  void answersOnWhileTheDiskIsFullAndLogsAgainOnceThereIsRoom() throws Exception {
    try (RunningScorer scorer = start(LogSettings.in(spool()))) {
      predict(scorer);
      Path ballast = fill();
      do {
        predict(scorer);
      } while (!scorer.scrape().contains("inference_log_disk_failures_total")
          || scorer.scrape().contains("inference_log_disk_failures_total 0.0"));
      for (int i = 0; i < 100; i++) {
        predict(scorer);
      }

      Files.delete(ballast);
      databaseIsAway = false;
      awaitStored(answered.size());
    }
    assertThat(stored).containsExactlyInAnyOrderElementsOf(answered);
  }

  private Path spool() {
    return disk.resolve("spool");
  }

  private RunningScorer start(LogSettings log) throws Exception {
    return RunningScorer.start(folder.resolve("home"), log, this::store);
  }

  private long store(UUID spool, List<SpooledPrediction> portion) {
    if (databaseIsAway) {
      throw new DatabaseException("away");
    }
    portion.forEach(one -> stored.add(one.prediction().requestId()));
    return portion.size();
  }

  private void awaitStored(int count) {
    while (stored.size() < count) {
      Thread.onSpinWait();
    }
  }

  private void predict(RunningScorer scorer) {
    assertThat(code(scorer)).isEqualTo(Status.Code.OK);
  }

  private Status.Code code(RunningScorer scorer) {
    ReadmissionServiceBlockingStub client = scorer.client();
    try {
      answered.add(client.predict(REQUEST).getRequestId());
      return Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }

  /** Takes all room that there is, even if the spool has not taken any yet. */
  private Path fill() throws IOException {
    Path ballast = disk.resolve("ballast");
    assertThatThrownBy(() -> Files.write(ballast, new byte[BYTES + 1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
    return ballast;
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
