package dev.alta.kubernetes.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkDeploymentSpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With the real operator, in a namespace under restricted Pod Security. No image is run: a cluster
 * with pretended nodes will do, so no JobManager answers and no job comes to its end.
 */
class OperatorIT {
  private static final long LONGEST_SECONDS = 600;

  @TempDir private static Path folder;
  private static TestCluster cluster;
  private static OperatorProcess operator;

  // Nothing is late on a busy machine, unless a test says so.
  private final Later clock = new Later();

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.startOrSkip();
    operator = OperatorProcess.startOrSkip(folder, cluster.namespace());
  }

  @AfterAll
  static void stop() {
    if (operator != null) {
      operator.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  private static JobOrder order(String data) {
    return new JobOrder("ingest", List.of("ingest", "--data=" + data), 2, OptionalLong.of(1));
  }

  private static JobEnd.NotDone end(CompletableFuture<JobEnd> running) throws Exception {
    return (JobEnd.NotDone) running.get(LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  private CompletableFuture<JobEnd> run(JobOrder order, JobSettings settings) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (FlinkJobs jobs = new FlinkJobs(cluster.as("alta-retrain"), settings, clock)) {
            return jobs.run(order, standing -> {});
          } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
          }
        });
  }

  /** Another template, made of the shipped one. */
  private static String template(
      String name, java.util.function.Consumer<FlinkDeploymentSpec> change) {
    FlinkDeployment template = cluster.job(JobSettings.TEMPLATE).get();
    template.getMetadata().setName(name);
    template.getMetadata().setResourceVersion(null);
    template.getMetadata().setUid(null);
    template.setStatus(null);
    change.accept(template.getSpec());
    cluster.client().resource(template).create();
    return name;
  }

  @Test
  void makesWhatAJobNeedsLeavesTheTemplateAloneAndCleansUp() throws Exception {
    JobOrder order = order("s3://alta/1.csv");
    CompletableFuture<JobEnd> running = run(order, JobSettings.standard());
    KubernetesClient client = cluster.client();
    String namespace = cluster.namespace();
    TestCluster.await("the JobManager's pod" + operator.log(), () -> !pods(order).isEmpty());
    Container main = pods(order).get(0).getSpec().getContainers().get(0);
    assertThat(main.getImage()).isEqualTo("alta-jobs");
    assertThat(String.join(" ", main.getArgs()))
        .contains("kubernetes-jobmanager.sh kubernetes-application");
    TestCluster.await(
        "the JobManager's service",
        () ->
            client.services().inNamespace(namespace).withName(order.name() + "-rest").get()
                != null);
    assertThat(
            client
                .configMaps()
                .inNamespace(namespace)
                .withName("flink-config-" + order.name())
                .get()
                .getData()
                .toString())
        .contains("--data=s3://alta/1.csv", "execution.submit-failed-job-on-application-error");

    TestCluster.await("its status", () -> standing(order) instanceof JobStanding.Working);
    clock.minutes(JobSettings.LONGEST_MINUTES + 1);
    assertThat(end(running).words()).startsWith("not at its end after 60 min: JobManager ");
    assertThat(cluster.job(order.name()).get()).isNull();
    TestCluster.await(
        "all of it removed",
        () ->
            client.apps().deployments().inNamespace(namespace).list().getItems().isEmpty()
                && client
                        .configMaps()
                        .inNamespace(namespace)
                        .withName("flink-config-" + order.name())
                        .get()
                    == null);
    FlinkDeployment shipped = cluster.job(JobSettings.TEMPLATE).get();
    assertThat(Standings.of(shipped)).isEqualTo(new JobStanding.Untaken());
  }

  /** As the operator has written it down last. */
  private static JobStanding standing(JobOrder order) {
    FlinkDeployment job = cluster.job(order.name()).get();
    return job == null ? new JobStanding.Untaken() : Standings.of(job);
  }

  private static List<Pod> pods(JobOrder order) {
    return cluster
        .client()
        .pods()
        .inNamespace(cluster.namespace())
        .withLabel("app", order.name())
        .list()
        .getItems();
  }

  @Test
  void saysWhyTheOperatorRefusesAJob() throws Exception {
    String broken = template("broken", spec -> spec.getJobManager().setReplicas(2));
    JobOrder order = order("s3://alta/2.csv");
    assertThat(end(run(order, JobSettings.standard().withTemplate(broken))).words())
        .startsWith("operator: ")
        .contains("High availability should be enabled");
    assertThat(cluster.job(order.name()).get()).isNull();
  }

  @Test
  void saysThatPodSecurityRefusesItsPods() throws Exception {
    String soft =
        template(
            "soft",
            spec ->
                spec.getPodTemplate().getSpec().getContainers().get(0).setSecurityContext(null));
    JobOrder order = order("s3://alta/3.csv");
    CompletableFuture<JobEnd> running = run(order, JobSettings.standard().withTemplate(soft));
    TestCluster.await("its trouble", () -> standing(order) instanceof JobStanding.Troubled);
    clock.minutes(3);
    assertThat(end(running).words())
        .startsWith("operator: ")
        .contains("violates PodSecurity", "(for 2 min)");
    assertThat(cluster.job(order.name()).get()).isNull();
  }
}
