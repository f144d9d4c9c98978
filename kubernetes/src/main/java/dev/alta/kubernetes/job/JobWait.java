package dev.alta.kubernetes.job;

import dev.alta.kubernetes.job.JobStanding.Failed;
import dev.alta.kubernetes.job.JobStanding.Finished;
import dev.alta.kubernetes.job.JobStanding.Troubled;
import dev.alta.kubernetes.job.JobStanding.Untaken;
import dev.alta.kubernetes.job.JobStanding.Working;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/** Waits for the end of one job, never longer than the settings say. */
final class JobWait {
  private final JobSettings settings;
  private final LongSupplier nanos;
  private final long begun;
  private long wellSince;
  private Optional<String> job = Optional.empty();

  /**
   * Begins to count.
   *
   * @param nanos such as {@link System#nanoTime}: a wall clock that is put right would end a job
   */
  JobWait(JobSettings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.wellSince = begun;
  }

  /**
   * Waits.
   *
   * @param heard what is read of it, each time it is looked at
   */
  JobEnd await(Resource<FlinkDeployment> resource, Consumer<JobStanding> heard)
      throws InterruptedException {
    try (JobSigns signs = JobSigns.of(resource)) {
      while (true) {
        FlinkDeployment now = resource.get();
        if (now == null) {
          return new JobEnd.NotDone(job, "somebody has deleted the job");
        }
        JobStanding standing = Standings.of(now);
        heard.accept(standing);
        Optional<JobEnd> end = end(standing);
        if (end.isPresent()) {
          return end.get();
        }
        signs.await();
      }
    }
  }

  /** How it ended; empty while there is something to wait for. */
  Optional<JobEnd> end(JobStanding standing) {
    long now = nanos.getAsLong();
    if (standing instanceof Finished finished) {
      return Optional.of(new JobEnd.Done(finished.job()));
    }
    if (standing instanceof Failed failed) {
      return Optional.of(new JobEnd.NotDone(failed.job(), failed.words()));
    }
    if (standing instanceof Working working) {
      job = working.job();
      wellSince = now;
    }
    if (isOver(wellSince, settings.patience(), now)) {
      return Optional.of(new JobEnd.NotDone(job, words(standing)));
    }
    return isOver(begun, settings.longest(), now)
        ? Optional.of(
            new JobEnd.NotDone(
                job,
                "not at its end after "
                    + minutes(settings.longest())
                    + (standing instanceof Working working ? ": " + working.words() : "")))
        : Optional.empty();
  }

  private String words(JobStanding standing) {
    return standing instanceof Troubled troubled
        ? troubled.words() + " (for " + minutes(settings.patience()) + ")"
        : standing instanceof Untaken
            ? "nobody has taken it up for "
                + minutes(settings.patience())
                + " (expected: the Flink Kubernetes operator, watching this namespace)"
            : standing.toString();
  }

  private static boolean isOver(long since, Duration bound, long now) {
    return now - since > bound.toNanos();
  }

  private static String minutes(Duration duration) {
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }
}
