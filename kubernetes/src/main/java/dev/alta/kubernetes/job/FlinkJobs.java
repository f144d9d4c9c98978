package dev.alta.kubernetes.job;

import dev.alta.core.life.CannotStartException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.FlinkDeploymentList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs on Flink by the operator of a cluster: each as a FlinkDeployment of its own, made from
 * the namespace's template, and deleted when it has ended.
 *
 * <p>A job goes on when its caller is killed; whoever orders the same again waits for that one.
 */
public final class FlinkJobs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FlinkJobs.class);
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int CONFLICT = 409;
  private static final long LONGEST_REMOVAL_SECONDS = 90;

  private final KubernetesClient client;
  private final JobSettings settings;
  private final LongSupplier nanos;
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param client closed with this
   * @param nanos such as {@link System#nanoTime}: how long a job has been waited for
   */
  public FlinkJobs(KubernetesClient client, JobSettings settings, LongSupplier nanos) {
    this.client = client;
    this.settings = settings;
    this.nanos = nanos;
  }

  /** In the cluster of the kubeconfig, or the one that this pod runs in. */
  public static FlinkJobs open(JobSettings settings, LongSupplier nanos) {
    return new FlinkJobs(new KubernetesClientBuilder().build(), settings, nanos);
  }

  /** Where they run. */
  public String namespace() {
    return settings
        .namespace()
        .or(() -> Optional.ofNullable(client.getNamespace()))
        .orElse("default");
  }

  /**
   * Runs a job to its end. One that is at work on the same order is waited for. So is, in a way,
   * one that a killed caller of the same workflow has left at its end; but what a person orders
   * again is done again.
   *
   * @param heard how it stands, whenever it may have changed
   * @throws CannotStartException in one line, if the cluster, its operator or the template is not
   *     there, or this may not be done
   * @throws InterruptedException if this is closed meanwhile; the job goes on
   */
  public JobEnd run(JobOrder order, Consumer<JobStanding> heard) throws InterruptedException {
    waiting.add(Thread.currentThread());
    try {
      Resource<FlinkDeployment> job = jobs().withName(order.name());
      start(job, order);
      JobEnd end = new JobWait(settings, nanos).await(job, heard);
      log.info("job {}: {}", order.name(), end);
      remove(job, order.name());
      return end;
    } catch (KubernetesClientException | IllegalStateException | InterruptedException failed) {
      if (closed) {
        throw stopped(order, failed);
      }
      if (failed instanceof KubernetesClientException said) {
        throw inOneLine(said);
      }
      throw failed;
    } finally {
      waiting.remove(Thread.currentThread());
    }
  }

  private static InterruptedException stopped(JobOrder order, Exception cause) {
    InterruptedException stopped =
        new InterruptedException("stopped while waiting for job " + order.name());
    stopped.initCause(cause);
    return stopped;
  }

  private void start(Resource<FlinkDeployment> job, JobOrder order) throws InterruptedException {
    FlinkDeployment found = job.get();
    if (found != null) {
      JobStanding standing = Standings.of(found);
      boolean taken =
          found.getMetadata().getDeletionTimestamp() == null
              && (order.workflow().isPresent()
                  ? !(standing instanceof JobStanding.Failed)
                  : !(standing instanceof JobStanding.Failed
                      || standing instanceof JobStanding.Finished));
      if (taken) {
        log.info("job {} is there, and waited for: {}", order.name(), standing);
        return;
      }
      remove(job, order.name());
    }
    try {
      jobs().resource(JobTemplate.job(template(), order)).create();
      log.info("job {} created in namespace {}", order.name(), namespace());
    } catch (KubernetesClientException failed) {
      if (failed.getCode() != CONFLICT) {
        throw failed;
      }
      log.info("job {} was created by another process, and is waited for", order.name());
    }
  }

  private FlinkDeployment template() {
    FlinkDeployment template = jobs().withName(settings.template()).get();
    if (template == null) {
      throw new CannotStartException(
          "FlinkDeployment "
              + settings.template()
              + ": not in namespace "
              + namespace()
              + " (expected: the suspended one of k8s/base/flink, as jobs are made from it)");
    }
    return template;
  }

  /** The operator lets go of it when its pods are told to end. */
  private void remove(Resource<FlinkDeployment> job, String name) throws InterruptedException {
    job.delete();
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_REMOVAL_SECONDS);
    try (JobSigns signs = JobSigns.of(job)) {
      while (job.get() != null) {
        if (System.nanoTime() > giveUp) {
          log.warn(
              "job {} is being deleted for {} s (expected: the operator, which has to let go of"
                  + " it)",
              name,
              LONGEST_REMOVAL_SECONDS);
          return;
        }
        signs.await();
      }
    }
  }

  private NonNamespaceOperation<FlinkDeployment, FlinkDeploymentList, Resource<FlinkDeployment>>
      jobs() {
    return client
        .resources(FlinkDeployment.class, FlinkDeploymentList.class)
        .inNamespace(namespace());
  }

  private RuntimeException inOneLine(KubernetesClientException failed) {
    String server = client.getMasterUrl() + ", namespace " + namespace();
    return switch (failed.getCode()) {
      case NOT_FOUND ->
          new CannotStartException(
              "Kubernetes: "
                  + server
                  + " knows no FlinkDeployment (expected: the Flink Kubernetes operator, see"
                  + " k8s/README.md)",
              failed);
      case FORBIDDEN ->
          new CannotStartException(
              "Kubernetes: "
                  + message(failed)
                  + " (expected: the rights of the ServiceAccount alta-retrain)",
              failed);
      default -> new CannotStartException("Kubernetes: " + server + ": " + message(failed), failed);
    };
  }

  private static String message(KubernetesClientException failed) {
    return failed.getStatus() != null && failed.getStatus().getMessage() != null
        ? failed.getStatus().getMessage()
        : String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
  }

  /** Whoever waits for a job waits no longer; the job goes on. */
  @Override
  public void close() {
    closed = true;
    waiting.forEach(Thread::interrupt);
    client.close();
  }
}
