package dev.alta.load.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.load.record.Samples.Sample;
import dev.alta.load.scenario.Call;
import dev.alta.load.scenario.Load;
import dev.alta.load.scenario.Scenario;
import dev.alta.load.scenario.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_800_000_000L * SECOND;
  private static final Schedule TEN_A_SECOND = new Schedule(10, 1, 4);

  @TempDir private Path folder;

  private static Load load(int atOnce) {
    return new Load(
        Scenario.CONSTANT, Call.PREDICT, TEN_A_SECOND, atOnce, 1, Duration.ofSeconds(1));
  }

  /** Ten a second, each answered after 1 ms; but for one second nothing is sent. */
  private static List<Sample> withAPause() {
    List<Sample> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long begun = START + i * SECOND / 10 + (i < 20 ? 0 : SECOND);
      sent.add(new Sample(begun, begun, begun + SECOND / 1_000, Recording.OK));
    }
    return sent;
  }

  @Test
  void inAnOpenLoopTheTimeThatARequestWasLateCounts() {
    Recording recording = Recording.of(Samples.sent(load(0), withAPause()), TEN_A_SECOND);
    Interval whole = recording.whole();
    assertThat(whole.percentile(50)).isBetween(0.9, 1.1);
    // Half of the requests came a second after they were due.
    assertThat(whole.percentile(75)).isBetween(1_000.0, 1_002.0);
    assertThat(whole.service().getMaxValue()).isBetween(999L, 1_001L);
  }

  @Test
  void inAClosedLoopItDoesNot() {
    Recording recording = Recording.of(Samples.sent(load(2), withAPause()), TEN_A_SECOND);
    assertThat(recording.whole().percentile(100)).isBetween(0.9, 1.1);
  }

  @Test
  void requestsBelongToTheTimeInWhichTheyWereDueAndAnswersToThatInWhichTheyCame() {
    Recording recording = Recording.of(Samples.sent(load(0), withAPause()), TEN_A_SECOND);
    assertThat(recording.intervals())
        .extracting(Interval::requests)
        .containsExactly(10L, 10L, 10L, 10L, 0L);
    assertThat(recording.intervals())
        .extracting(Interval::perSecond)
        .containsExactly(10.0, 10.0, 0.0, 10.0, 10.0);
  }

  @Test
  void percentilesOfASumAreThoseOfAllSamplesTogether() {
    SplittableRandom random = new SplittableRandom(1);
    List<Sample> quick = samples(random, 300, 1_000);
    List<Sample> slow = samples(random, 100, 50_000);
    List<Sample> both = new ArrayList<>(quick);
    both.addAll(slow);
    Interval sum =
        Recording.sum(
                List.of(
                    Recording.of(Samples.of(quick), TEN_A_SECOND),
                    Recording.of(Samples.of(slow), TEN_A_SECOND)))
            .whole();
    Interval together = Recording.of(Samples.of(both), TEN_A_SECOND).whole();
    for (double percent : new double[] {0, 50, 74, 76, 90, 99, 100}) {
      assertThat(sum.percentile(percent)).isEqualTo(together.percentile(percent));
    }
    assertThat(sum.requests()).isEqualTo(400);
    assertThat(sum.byStatus()).isEqualTo(together.byStatus());
  }

  private static List<Sample> samples(SplittableRandom random, int count, int micros) {
    List<Sample> samples = new ArrayList<>();
    samples.add(new Sample(START, START, START + 1_000L * micros, Recording.OK));
    for (int i = 1; i < count; i++) {
      long due = START + random.nextLong(4 * SECOND);
      long took = 1_000L * (micros + random.nextInt(micros));
      String status = i % 10 == 0 ? "UNAVAILABLE" : Recording.OK;
      samples.add(new Sample(due, due, due + took, status));
    }
    return samples;
  }

  @Test
  void comesBackFromItsFileAsItWas() throws IOException {
    Recording recording =
        Recording.of(Samples.of(samples(new SplittableRandom(2), 200, 700)), TEN_A_SECOND);
    Path file = folder.resolve("latency.hlog");
    recording.write(file);
    Recording read = Recording.read(file);
    assertThat(read.intervals()).hasSameSizeAs(recording.intervals());
    for (int i = 0; i < read.intervals().size(); i++) {
      Interval was = recording.intervals().get(i);
      Interval is = read.intervals().get(i);
      assertThat(is.start()).isEqualTo(was.start());
      assertThat(is.millis()).isEqualTo(was.millis());
      assertThat(is.byStatus()).isEqualTo(was.byStatus());
      assertThat(is.perSecond()).isEqualTo(was.perSecond());
      assertThat(is.percentile(99)).isEqualTo(was.percentile(99));
      assertThat(is.service()).isEqualTo(was.service());
    }
  }
}
