package dev.alta.pipelines.flink;

import dev.alta.core.life.DaemonThreads;
import dev.alta.database.DatabaseException;
import dev.alta.database.RunStart;
import dev.alta.database.Runs;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Create;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry in {@code pipeline_run} of a run that this process starts. While the process works on
 * it or waits for it, the entry shows that it is alive. It ends with the work, unless the job was
 * only submitted: then the job's last step ends it, by its {@link #run number}.
 */
public final class RunEntry {
  private static final Logger log = LoggerFactory.getLogger(RunEntry.class);
  private static final Duration ALIVE_EVERY = Duration.ofSeconds(5);

  /** What the process does. */
  @FunctionalInterface
  public interface Work<T> {
    T on(RunEntry entry);
  }

  private final Runs runs;
  private final long run;
  private final FlinkSettings flink;
  private boolean waitedFor = true;

  private RunEntry(Runs runs, long run, FlinkSettings flink) {
    this.runs = runs;
    this.run = run;
    this.flink = flink;
  }

  /** Enters a run, does its work, and enters how it ended. */
  public static <T> T during(Runs runs, RunStart start, FlinkSettings flink, Work<T> work) {
    return during(runs, start, flink, ALIVE_EVERY, work);
  }

  static <T> T during(
      Runs runs, RunStart start, FlinkSettings flink, Duration every, Work<T> work) {
    long run = runs.begin(start, flink.master());
    RunEntry entry = new RunEntry(runs, run, flink);
    ScheduledExecutorService alive =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("alta-run-alive"));
    Future<?> signs =
        alive.scheduleWithFixedDelay(
            () -> seen(runs, run), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    try {
      T result = work.on(entry);
      if (entry.waitedFor) {
        runs.done(run);
      }
      return result;
    } catch (RuntimeException failed) {
      throw entry.failed(failed);
    } finally {
      signs.cancel(false);
      alive.shutdown();
    }
  }

  /** A sign that cannot be given is no reason to give none later: the database may be back then. */
  private static void seen(Runs runs, long run) {
    try {
      runs.seen(run);
    } catch (DatabaseException notNow) {
      log.warn("run {}: no sign of life: {}", run, notNow.getMessage());
    }
  }

  /** Its number, for the steps. */
  public long run() {
    return run;
  }

  /** How many rows there are to do. */
  public void total(long rows) {
    runs.total(run, rows);
  }

  /**
   * Runs its pipeline.
   *
   * @param name of the job
   * @return whether it has come to its end; if not, it was submitted only
   */
  public boolean job(String name, FlinkJob.Steps steps) {
    boolean ended =
        FlinkJob.run(name, flink, job -> runs.submitted(run, job.master(), job.id()), steps);
    waitedFor &= ended;
    return ended;
  }

  /**
   * Says that there is nothing to do. To a cluster, a program that was submitted and runs no job is
   * one that has failed, and some start it again and again; so it gets a job without rows.
   *
   * @param name of the job
   */
  public void nothingToDo(String name) {
    if (flink.master().equals(FlinkSettings.SUBMITTED)) {
      FlinkJob.run(
          name,
          flink,
          job -> runs.submitted(run, job.master(), job.id()),
          pipeline -> pipeline.apply("Nothing to do", Create.empty(VoidCoder.of())));
    }
  }

  /** Whether every job of it has come to its end. */
  public boolean wasWaitedFor() {
    return waitedFor;
  }

  private RuntimeException failed(RuntimeException failed) {
    try {
      runs.failed(run, String.valueOf(failed.getMessage()).lines().findFirst().orElse(""));
    } catch (RuntimeException databaseToo) {
      failed.addSuppressed(databaseToo);
    }
    return failed;
  }
}
