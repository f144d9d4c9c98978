package dev.alta.kubernetes.job;

import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.jspecify.annotations.Nullable;

/**
 * Tells when it is worth looking at a job again: when the API server says that it has changed, or
 * when it has said nothing for a while, since a watch may end unnoticed.
 */
final class JobSigns implements AutoCloseable, Watcher<FlinkDeployment> {
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final Resource<FlinkDeployment> job;
  private final Semaphore news = new Semaphore(0);
  private volatile boolean ended;
  private @Nullable Watch watch;

  private JobSigns(Resource<FlinkDeployment> job) {
    this.job = job;
  }

  static JobSigns of(Resource<FlinkDeployment> job) {
    JobSigns signs = new JobSigns(job);
    signs.watch = job.watch(signs);
    return signs;
  }

  /** Waits for one; several at once are one. */
  void await() throws InterruptedException {
    if (ended) {
      ended = false;
      watch = job.watch(this);
    }
    if (news.tryAcquire(SILENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  @Override
  public void eventReceived(Action action, FlinkDeployment changed) {
    news.release();
  }

  @Override
  public void onClose(@Nullable WatcherException why) {
    ended = true;
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
