package dev.alta.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.digest.Sha256;
import dev.alta.load.record.Recording;
import dev.alta.load.record.Samples;
import dev.alta.load.record.Samples.Sample;
import dev.alta.load.scenario.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {
  private static final long MILLI = 1_000_000L;
  private static final long START = 1_800_000_000_000L * MILLI;
  private static final Schedule STRESS = new Schedule(400, 4, 1);
  private static final int CAPACITY = 250;

  @TempDir private Path folder;

  private static Facts facts(String call) {
    return new Facts(
        "20270115-080000-stress-" + call,
        "stress",
        call,
        "open",
        0,
        STRESS.perSecond(),
        STRESS.steps(),
        STRESS.stepSeconds(),
        1,
        "a <tool>",
        1,
        "127.0.0.1:8081",
        "3",
        "64 generated encounters, seed 1",
        "2027-01-15T08:00:00Z",
        "2 cores");
  }

  /** As a server would that answers one request after the other, so many a second. */
  private static Recording queue() {
    List<Sample> samples = new ArrayList<>();
    long free = START;
    for (int i = 0; i < STRESS.requests(); i++) {
      long due = START + Math.round(STRESS.due(i) * 1e3) * MILLI;
      free = Math.max(free, due) + 1_000 * MILLI / CAPACITY;
      samples.add(new Sample(due, due, free, Recording.OK));
    }
    return Recording.of(Samples.of(samples), STRESS);
  }

  private static Outcome outcome(double longestMillis) {
    return Outcome.of(facts("predict"), queue(), longestMillis, 0.01);
  }

  @Test
  void findsTheStepThatDoesNotHold() {
    Outcome run = outcome(50);
    assertThat(run.steps()).extracting(Step::asked).containsExactly(100.0, 200.0, 300.0, 400.0);
    assertThat(run.breakingPoint())
        .startsWith(
            "Breaking point: between 200 requests a second, which held with a p99 of 4.00 ms,"
                + " and 300 requests a second, where");
  }

  @Test
  void saysSoWhereAllStepsHold() {
    assertThat(outcome(60_000).breakingPoint())
        .startsWith("No breaking point up to 400 requests a second");
  }

  @Test
  void doesNotBlameTheTargetForAClientThatIsLate() {
    List<Sample> late = new ArrayList<>();
    for (int i = 0; i < STRESS.requests(); i++) {
      long due = START + Math.round(STRESS.due(i) * 1e3) * MILLI;
      late.add(new Sample(due, due + 900 * MILLI, due + 901 * MILLI, Recording.OK));
    }
    Outcome run = Outcome.of(facts("predict"), Recording.of(Samples.of(late), STRESS), 50, 0.01);
    assertThat(run.breakingPoint()).contains("The load generator was late, not the target");
  }

  @Test
  void judgesByThresholds() {
    Outcome run = outcome(50);
    Thresholds all =
        new Thresholds(
            OptionalDouble.of(0),
            OptionalDouble.of(1),
            OptionalDouble.of(1e6),
            OptionalDouble.of(2));
    assertThat(all.check(run, Optional.of(run)))
        .extracting(Check::met)
        .containsExactly(true, false, false, true, true);
  }

  @Test
  void refusesToCompareWithAnotherCall() {
    Outcome batch = Outcome.of(facts("batch"), queue(), 50, 0.01);
    assertThatThrownBy(() -> new Comparison(outcome(50), batch))
        .hasMessage("--compare: a run of stress batch (expected: one of stress predict)");
  }

  @Test
  void sharesOfALoadAddUp() {
    Facts sum = Facts.sum("both", List.of(facts("predict"), facts("predict")));
    assertThat(sum.perSecond()).isEqualTo(800);
    assertThat(sum.workers()).isEqualTo(2);
    assertThat(sum.machine()).isEqualTo("2 cores");
    assertThatThrownBy(() -> Facts.sum("both", List.of(facts("predict"), facts("batch"))))
        .hasMessageContaining("expected: a share of the same load");
  }

  @Test
  void keepsFilesThatTellTheSame() throws IOException {
    Outcome run = outcome(50);
    Comparison withItself = new Comparison(run, run);
    new ReportFolder(folder)
        .write(run, queue(), Optional.of(withItself), List.of(new Check("p99", true)));
    assertThat(new ReportFolder(folder).read()).isEqualTo(run);
    assertThat(Files.readAllLines(folder.resolve("intervals.csv")))
        .hasSize(1 + queue().intervals().size());
    byte[] page = Files.readAllBytes(folder.resolve("report.html"));
    assertThat(Files.readString(folder.resolve("result.json")))
        .contains("\"report_sha256\" : \"" + Sha256.of(page) + "\"");
  }

  @Test
  void thePageFetchesNothingRunsNothingAndTakesNoTextForMarkup() {
    Outcome run = outcome(50);
    String page = LoadReport.html(run, queue(), Optional.empty(), List.of());
    assertThat(page)
        .contains(
            "a &lt;tool&gt;", "Throughput", "Histogram", "Percentiles", "Errors", "An open loop")
        .doesNotContain("a <tool>", "<script", " src=", "href=", "url(", "style=\"x");
  }
}
