package dev.alta.kubernetes.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.kubernetes.job.JobStanding.Failed;
import dev.alta.kubernetes.job.JobStanding.Finished;
import dev.alta.kubernetes.job.JobStanding.Troubled;
import dev.alta.kubernetes.job.JobStanding.Untaken;
import dev.alta.kubernetes.job.JobStanding.Working;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobWaitTest {
  private static final Optional<String> JOB = Optional.of("00000000000000000000000000000001");
  private static final Working WORKING = new Working(JOB, "JobManager READY, job RUNNING");

  private final Later clock = new Later();
  private final JobWait wait =
      new JobWait(JobSettings.standard().withLongest(Duration.ofMinutes(10)), clock);

  @Test
  void endsWithTheJob() {
    assertThat(wait.end(new Finished("1"))).contains(new JobEnd.Done("1"));
    assertThat(wait.end(new Failed(JOB, "no room"))).contains(new JobEnd.NotDone(JOB, "no room"));
  }

  @Test
  void waitsWhileItWorksButNotForEver() {
    assertThat(wait.end(WORKING)).isEmpty();
    clock.minutes(9);
    assertThat(wait.end(WORKING)).isEmpty();
    clock.minutes(2);
    assertThat(wait.end(WORKING))
        .contains(
            new JobEnd.NotDone(JOB, "not at its end after 10 min: JobManager READY, job RUNNING"));
  }

  @Test
  void givesUpWhereNobodyTakesItUp() {
    clock.minutes(2);
    assertThat(wait.end(new Untaken())).isEmpty();
    clock.minutes(1);
    assertThat(wait.end(new Untaken()))
        .contains(
            new JobEnd.NotDone(
                Optional.empty(),
                "nobody has taken it up for 2 min (expected: the Flink Kubernetes operator,"
                    + " watching this namespace)"));
  }

  @Test
  void bearsTroubleThatPasses() {
    clock.minutes(1);
    assertThat(wait.end(new Troubled("no node has room"))).isEmpty();
    clock.minutes(1);
    assertThat(wait.end(WORKING)).isEmpty();
    clock.minutes(2);
    assertThat(wait.end(new Troubled("no node has room"))).isEmpty();
    clock.minutes(1);
    assertThat(wait.end(new Troubled("no node has room")))
        .contains(new JobEnd.NotDone(JOB, "no node has room (for 2 min)"));
  }
}
