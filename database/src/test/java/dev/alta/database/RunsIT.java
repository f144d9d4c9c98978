package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.database.PipelineRun.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsIT {
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(TestDatabase.empty(), Visits.CONTRACT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private PipelineRun latest() {
    return database.runs().latest(1).get(0);
  }

  private static RunStart start(String kind, String subject) {
    return new RunStart(kind, subject, "ann", OptionalLong.empty());
  }

  @Test
  void followsARunFromItsBeginningToItsEnd() {
    Runs runs = database.runs();
    long run = runs.begin(start("ingest", "visits.csv"), "[local]");
    assertThat(latest().state()).isEqualTo(State.RUNNING);
    assertThat(latest().total()).isEmpty();
    assertThat(latest().isSilent()).isFalse();

    runs.submitted(run, "flink:8081", "0a1b");
    runs.total(run, 30);
    runs.add(run, new RunCounts(10, 9, 1, 1));
    runs.add(run, new RunCounts(10, 10, 0, 1));
    assertThat(latest().total()).isEqualTo(OptionalLong.of(30));
    assertThat(latest().counts()).isEqualTo(new RunCounts(20, 19, 1, 2));
    assertThat(runs.rowsRead(run)).isEqualTo(20);
    assertThat(latest().workflow()).isEmpty();
    assertThat(latest().job()).contains("0a1b");

    runs.done(run, new RunCounts(30, 29, 1, 3));
    Optional<Instant> end = latest().ended();
    runs.done(run);
    assertThat(latest().state()).isEqualTo(State.DONE);
    assertThat(latest().counts()).isEqualTo(new RunCounts(30, 29, 1, 3));
    assertThat(latest().ended()).isEqualTo(end);
    assertThat(latest().reason()).isEmpty();
  }

  @Test
  void keepsWhyARunFailedAndThatItWasDoneAfterAll() {
    Runs runs = database.runs();
    long first = runs.begin(start("prepare", "clean_data"), "[local]");
    runs.failed(first, "raw_data: no rows " + "x".repeat(5_000));
    assertThat(latest().state()).isEqualTo(State.FAILED);
    assertThat(latest().reason().orElseThrow()).startsWith("raw_data: no rows").hasSize(1_000);
    long second = runs.begin(start("prepare", "clean_data"), "[local]");
    assertThat(runs.latest(5)).extracting(PipelineRun::run).containsExactly(second, first);
    runs.done(first);
    assertThat(runs.latest(5).get(1).state()).isEqualTo(State.DONE);
    assertThat(runs.latest(5).get(1).reason()).isEmpty();
  }

  @Test
  void givesRunsAPageAtATimeAndThoseOfAWorkflow() {
    Runs runs = database.runs();
    long workflow =
        ((Claim.Taken)
                database
                    .workflows()
                    .begin("retrain", "{}", new Workflows.Self("ann", "here", 1, holder -> false)))
            .hold()
            .workflow();
    long first = runs.begin(start("ingest", "a.csv"), "[local]");
    long second =
        runs.begin(
            new RunStart("prepare", "clean_data", "ann", OptionalLong.of(workflow)), "[local]");
    long third = runs.begin(start("ingest", "b.csv"), "[local]");

    assertThat(runs.before(Long.MAX_VALUE, 2))
        .extracting(PipelineRun::run)
        .containsExactly(third, second);
    assertThat(runs.before(second, 2)).extracting(PipelineRun::run).containsExactly(first);
    assertThat(runs.ofWorkflow(workflow, 5)).extracting(PipelineRun::run).containsExactly(second);
  }

  @Test
  void tellsARunThatWasNotHeardOfForAMinute() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    PipelineRun run =
        new PipelineRun(
            1,
            "ingest",
            "visits.csv",
            "ann",
            start,
            start.plusSeconds(5),
            Optional.empty(),
            State.RUNNING,
            Optional.empty(),
            "[local]",
            Optional.empty(),
            OptionalLong.empty(),
            new RunCounts(0, 0, 0, 0),
            Duration.ofSeconds(61),
            OptionalLong.empty());
    assertThat(run.isSilent()).isTrue();
    assertThat(run.seconds()).isEqualTo(5);
  }
}
