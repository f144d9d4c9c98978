package dev.alta.app.cluster;

import dev.alta.app.data.Engine;
import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.Generation;
import dev.alta.database.PipelineRun;
import dev.alta.database.RunCounts;
import dev.alta.kubernetes.job.FlinkJobs;
import dev.alta.kubernetes.job.JobEnd;
import dev.alta.kubernetes.job.JobOrder;
import dev.alta.kubernetes.job.JobStanding;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.ingest.IngestResult;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.PrepareResult;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.pipelines.score.ScoreResult;
import dev.alta.pipelines.score.ScoreSettings;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each pipeline as a job of a Kubernetes cluster. What a job has done it has written into the
 * database itself; what is said of it here is read from there.
 */
public final class ClusterEngine implements Engine, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClusterEngine.class);
  private static final int LATEST_RUNS = 100;

  private final FlinkJobs jobs;

  /**
   * @param jobs closed with this
   */
  public ClusterEngine(FlinkJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return KUBERNETES;
  }

  /** What was there before is not counted: the job alone has seen it. */
  @Override
  public IngestResult ingest(IngestSettings settings, Contract contract, Progress progress)
      throws InterruptedException {
    long start = System.nanoTime();
    try (Database database = Database.open(settings.database(), contract)) {
      RunCounts done = run(JobLine.of(settings), database, progress).counts();
      return new IngestResult(
          settings.source().isEmpty() ? settings.data() : settings.source(),
          done.read(),
          done.passed(),
          done.read() - done.passed() - done.rejected(),
          done.rejected(),
          0,
          Math.toIntExact(done.batches()),
          seconds(start));
    }
  }

  @Override
  public PrepareResult prepare(PrepareSettings settings, Contract contract, Progress progress)
      throws InterruptedException {
    long start = System.nanoTime();
    try (Database database = Database.open(settings.database(), contract)) {
      PipelineRun run = run(JobLine.of(settings), database, progress);
      Generation published = database.cleanData().latestGeneration().orElseThrow();
      return new PrepareResult(published, run.total().isPresent(), seconds(start));
    }
  }

  @Override
  public Optional<ScoreResult> score(ScoreSettings settings, Contract contract, Progress progress)
      throws InterruptedException {
    long start = System.nanoTime();
    DatabaseSettings where =
        settings
            .database()
            .orElseThrow(
                () ->
                    new PipelineException(
                        "database: none (expected: --database-url, as the job says there what it"
                            + " has done)"));
    try (Database database = Database.open(where, contract)) {
      RunCounts done = run(JobLine.of(settings, where), database, progress).counts();
      return Optional.of(
          new ScoreResult(
              settings.output(),
              "",
              done.read(),
              done.passed(),
              done.rejected(),
              settings.version().isPresent() ? "" : "champion",
              settings.version().map(String::valueOf).orElse(""),
              seconds(start)));
    }
  }

  /** Runs a job to its end, and gives its entry in the list of runs. */
  private PipelineRun run(JobOrder order, Database database, Progress progress)
      throws InterruptedException {
    log.info("job {} in namespace {}", order.name(), jobs.namespace());
    JobEnd end = jobs.run(order, standing -> tell(standing, database, progress));
    if (end instanceof JobEnd.NotDone notDone) {
      throw new PipelineException(
          order.kind()
              + " on Kubernetes: "
              + notDone
                  .job()
                  .flatMap(job -> entry(database, job))
                  .flatMap(PipelineRun::reason)
                  .orElse(notDone.words()));
    }
    String job = ((JobEnd.Done) end).job();
    return entry(database, job)
        .orElseThrow(
            () ->
                new PipelineException(
                    order.kind()
                        + " on Kubernetes: job "
                        + job
                        + " ended, and no run of this database is its (expected: the job to use "
                        + "the same database)"));
  }

  private static void tell(JobStanding standing, Database database, Progress progress) {
    log.debug("{}", standing);
    if (standing instanceof JobStanding.Working working) {
      working
          .job()
          .flatMap(job -> entry(database, job))
          .ifPresent(run -> progress.at("rows", run.counts().read(), run.total().orElse(0)));
    }
  }

  private static Optional<PipelineRun> entry(Database database, String job) {
    return database.runs().latest(LATEST_RUNS).stream()
        .filter(run -> run.job().filter(job::equals).isPresent())
        .findFirst();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    jobs.close();
  }
}
