package dev.alta.kubernetes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.life.CannotStartException;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.status.FlinkDeploymentStatus;
import org.apache.flink.kubernetes.operator.api.status.JobManagerDeploymentStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Against a real API server, as the ServiceAccount alta-retrain with the rights that are shipped.
 * What the operator would write of a job, the test writes, by the API that the operator uses.
 */
class FlinkJobsIT {
  private static final String JOB = "0123456789abcdef0123456789abcdef";
  private static final long LONGEST_SECONDS = 600;

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static FlinkJobs jobs() {
    return jobs(JobSettings.standard());
  }

  private static FlinkJobs jobs(JobSettings settings) {
    return new FlinkJobs(cluster.as("alta-retrain"), settings, System::nanoTime);
  }

  private static JobOrder order(String data, OptionalLong workflow) {
    return new JobOrder("ingest", List.of("ingest", "--data=" + data), 2, workflow);
  }

  private static CompletableFuture<JobEnd> run(FlinkJobs jobs, JobOrder order) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return jobs.run(order, standing -> {});
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        });
  }

  private static JobEnd end(CompletableFuture<JobEnd> running) throws Exception {
    return running.get(LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  /** As the operator writes it. */
  private static void write(JobOrder order, Consumer<FlinkDeploymentStatus> change)
      throws InterruptedException {
    FlinkDeployment job = cluster.awaitJob(order.name());
    FlinkDeploymentStatus status =
        job.getStatus() == null ? new FlinkDeploymentStatus() : job.getStatus();
    status.getReconciliationStatus().serializeAndSetLastReconciledSpec(job.getSpec(), job);
    status.setJobManagerDeploymentStatus(JobManagerDeploymentStatus.READY);
    status.getJobStatus().setJobId(JOB);
    change.accept(status);
    job.setStatus(status);
    cluster.client().resource(job).updateStatus();
  }

  private static void writeState(JobOrder order, JobStatus state) throws InterruptedException {
    write(order, status -> status.getJobStatus().setState(state));
  }

  @Test
  void runsAJobToItsEndAndRemovesIt() throws Exception {
    JobOrder order = order("s3://alta/1.csv", OptionalLong.of(1));
    try (FlinkJobs jobs = jobs()) {
      CompletableFuture<JobEnd> running = run(jobs, order);
      FlinkDeployment job = cluster.awaitJob(order.name());
      assertThat(job.getSpec().getJob().getArgs()).containsExactlyElementsOf(order.args());
      writeState(order, JobStatus.RUNNING);
      writeState(order, JobStatus.FINISHED);
      assertThat(end(running)).isEqualTo(new JobEnd.Done(JOB));
      assertThat(cluster.job(order.name()).get()).isNull();
    }
  }

  @Test
  void saysWhyAJobFailedAndRemovesIt() throws Exception {
    JobOrder order = order("s3://alta/2.csv", OptionalLong.of(2));
    try (FlinkJobs jobs = jobs()) {
      CompletableFuture<JobEnd> running = run(jobs, order);
      write(
          order,
          status -> {
            status.getJobStatus().setState(JobStatus.FAILED);
            status.setError(
                "{\"type\":\"org.apache.flink.util.SerializedThrowable\",\"message\":\"x\","
                    + "\"throwableList\":[{\"message\":\"dev.alta.pipelines.PipelineException:"
                    + " s3://alta/2.csv: not there (expected: a file)\"}]}");
          });
      assertThat(end(running))
          .isEqualTo(
              new JobEnd.NotDone(
                  Optional.of(JOB),
                  "Flink: FAILED: s3://alta/2.csv: not there (expected: a file)"));
      assertThat(cluster.job(order.name()).get()).isNull();
    }
  }

  @Test
  void waitsForTheJobThatAKilledCallerHasLeft() throws Exception {
    JobOrder order = order("s3://alta/3.csv", OptionalLong.of(3));
    FlinkJobs killed = jobs();
    CompletableFuture<JobEnd> first = run(killed, order);
    String uid = cluster.awaitJob(order.name()).getMetadata().getUid();
    writeState(order, JobStatus.RUNNING);
    killed.close();
    assertThatThrownBy(() -> end(first))
        .hasStackTraceContaining("stopped while waiting for job " + order.name());
    assertThat(cluster.awaitJob(order.name()).getMetadata().getUid()).isEqualTo(uid);

    // It ends while nobody waits.
    writeState(order, JobStatus.FINISHED);
    try (FlinkJobs again = jobs()) {
      assertThat(end(run(again, order))).isEqualTo(new JobEnd.Done(JOB));
      assertThat(cluster.job(order.name()).get()).isNull();
    }
  }

  @Test
  void doesAgainWhatAPersonOrdersAgain() throws Exception {
    JobOrder order = order("s3://alta/4.csv", OptionalLong.empty());
    FlinkJobs killed = jobs();
    CompletableFuture<JobEnd> first = run(killed, order);
    String uid = cluster.awaitJob(order.name()).getMetadata().getUid();
    killed.close();
    assertThatThrownBy(() -> end(first))
        .hasStackTraceContaining("stopped while waiting for job " + order.name());
    writeState(order, JobStatus.FINISHED);
    try (FlinkJobs again = jobs()) {
      CompletableFuture<JobEnd> second = run(again, order);
      TestCluster.await(
          "another job",
          () -> {
            FlinkDeployment now = cluster.job(order.name()).get();
            return now != null && !now.getMetadata().getUid().equals(uid);
          });
      writeState(order, JobStatus.FINISHED);
      assertThat(end(second)).isEqualTo(new JobEnd.Done(JOB));
    }
  }

  @Test
  void saysThatThereIsNoOperatorAndRemovesTheJob() throws Exception {
    JobOrder order = order("s3://alta/5.csv", OptionalLong.of(5));
    try (FlinkJobs jobs = jobs(JobSettings.standard().withPatience(Duration.ofSeconds(1)))) {
      JobEnd end = end(run(jobs, order));
      assertThat(((JobEnd.NotDone) end).words())
          .startsWith("nobody has taken it up for 1 s (expected: the Flink Kubernetes operator");
      assertThat(cluster.job(order.name()).get()).isNull();
    }
  }

  @Test
  void saysInOneLineWhatIsMissing() {
    JobOrder order = order("s3://alta/6.csv", OptionalLong.of(6));
    try (FlinkJobs jobs = jobs(JobSettings.standard().withTemplate("other"))) {
      assertThatThrownBy(() -> jobs.run(order, standing -> {}))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("FlinkDeployment other: not in namespace " + cluster.namespace());
    }
    try (FlinkJobs jobs =
        new FlinkJobs(cluster.as("alta-flink"), JobSettings.standard(), System::nanoTime)) {
      assertThatThrownBy(() -> jobs.run(order, standing -> {}))
          .isInstanceOf(CannotStartException.class)
          .hasMessageContaining("alta-flink")
          .hasMessageContaining("(expected: the rights of the ServiceAccount alta-retrain)");
    }
    Config nowhere =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("https://127.0.0.1:1")
            .withRequestRetryBackoffLimit(0)
            .build();
    try (FlinkJobs jobs =
        new FlinkJobs(
            new KubernetesClientBuilder().withConfig(nowhere).build(),
            JobSettings.standard(),
            System::nanoTime)) {
      assertThatThrownBy(() -> jobs.run(order, standing -> {}))
          .isInstanceOf(CannotStartException.class)
          .hasMessageStartingWith("Kubernetes: https://127.0.0.1:1/, namespace default: ");
    }
  }

  @Test
  void theRightsAreTheseAndNoMore() {
    assertThat(rights("alta-retrain"))
        .isEqualTo(Map.of("flink.apache.org/flinkdeployments", "create,delete,get,watch"));
    assertThat(rights("alta-flink"))
        .isEqualTo(
            Map.of(
                "/pods", "create,delete,deletecollection,get,list,watch",
                "/configmaps", "create,delete,deletecollection,get,list,patch,update,watch",
                "/services", "create,delete,get,list,watch",
                "apps/deployments", "delete,get,list,watch"));
  }

  /** Verbs by resource, without what everybody may: to ask for one's own rights. */
  private static Map<String, String> rights(String account) {
    try (KubernetesClient client = cluster.as(account)) {
      Map<String, String> rights = new TreeMap<>();
      List<ResourceRule> rules =
          client
              .authorization()
              .v1()
              .selfSubjectRulesReview()
              .create(
                  new SelfSubjectRulesReviewBuilder()
                      .withNewSpec()
                      .withNamespace(cluster.namespace())
                      .endSpec()
                      .build())
              .getStatus()
              .getResourceRules();
      for (ResourceRule rule : rules) {
        String group = String.join(",", rule.getApiGroups());
        for (String resource : rule.getResources()) {
          if (!resource.startsWith("selfsubject")) {
            rights.put(
                group + "/" + resource,
                rule.getVerbs().stream().sorted().collect(Collectors.joining(",")));
          }
        }
      }
      return rights;
    }
  }
}
