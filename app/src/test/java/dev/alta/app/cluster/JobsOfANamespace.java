package dev.alta.app.cluster;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.alta.core.life.DaemonThreads;
import dev.alta.database.Database;
import dev.alta.pipelines.job.JobHere;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.FlinkDeploymentList;
import org.apache.flink.kubernetes.operator.api.status.FlinkDeploymentStatus;
import org.apache.flink.kubernetes.operator.api.status.JobManagerDeploymentStatus;

/**
 * A namespace of a real API server with what k8s/base/flink has. It has no nodes: the jobs that are
 * created there run in this process, once they are let, and their status is written as the operator
 * would.
 */
final class JobsOfANamespace implements AutoCloseable {
  private static final Path MANIFESTS = Path.of("..", "k8s", "base", "flink");

  private final KubernetesClient client;
  private final Config admin;
  private final Database database;
  private final Map<String, String> secrets;
  private final String namespace = "alta-it-" + UUID.randomUUID().toString().substring(0, 8);
  private final Set<String> done = new HashSet<>();
  private final ExecutorService flink =
      Executors.newSingleThreadExecutor(DaemonThreads.named("jobs"));

  JobsOfANamespace(File kubeconfig, Database database, Map<String, String> secrets)
      throws IOException {
    this.admin = Config.fromKubeconfig(kubeconfig);
    this.client = new KubernetesClientBuilder().withConfig(admin).build();
    this.database = database;
    this.secrets = secrets;
    try (InputStream definition =
        Objects.requireNonNull(
            getClass()
                .getResourceAsStream(
                    "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml"))) {
      create(definition, "");
    }
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    for (String file : List.of("rbac.yaml", "job.yaml")) {
      try (InputStream yaml = Files.newInputStream(MANIFESTS.resolve(file))) {
        create(yaml, namespace);
      }
    }
  }

  private void create(InputStream yaml, String where) {
    for (HasMetadata item : client.load(yaml).items()) {
      if (!where.isEmpty()) {
        item.getMetadata().setNamespace(where);
      }
      Resource<HasMetadata> resource = client.resource(item);
      if (resource.get() == null) {
        retried(resource::create);
      }
    }
  }

  /** The definition may not be served yet. */
  private static void retried(Runnable create) {
    for (int tries = 0; ; tries++) {
      try {
        create.run();
        return;
      } catch (KubernetesClientException notYet) {
        if (notYet.getCode() != 404 || tries > 100) {
          throw notYet;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
  }

  /** A kubeconfig for the ServiceAccount that starts jobs. */
  Path kubeconfig(Path file) throws IOException {
    String token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName("alta-retrain")
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    return Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: it
        clusters:
        - name: it
          cluster: {server: "%s", certificate-authority: "%s"}
        users:
        - name: it
          user: {token: "%s"}
        contexts:
        - name: it
          context: {cluster: it, user: it, namespace: %s}
        """
            .formatted(admin.getMasterUrl(), admin.getCaCertFile(), token, namespace));
  }

  /** The jobs that are there, without the template. */
  List<FlinkDeployment> jobs() {
    return client
        .resources(FlinkDeployment.class, FlinkDeploymentList.class)
        .inNamespace(namespace)
        .withLabel("app.kubernetes.io/managed-by", "alta")
        .list()
        .getItems();
  }

  /** From now on jobs run. */
  void letThemRun() {
    flink.execute(this::runAll);
  }

  private void runAll() {
    while (!Thread.currentThread().isInterrupted()) {
      jobs().forEach(this::runOnce);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private void runOnce(FlinkDeployment job) {
    if (!done.add(job.getMetadata().getUid())) {
      return;
    }
    String id = UUID.randomUUID().toString().replace("-", "");
    write(job, id, JobStatus.RUNNING, "");
    try {
      JobHere.run(List.of(job.getSpec().getJob().getArgs()), secrets);
      database.runs().submitted(database.runs().latest(1).get(0).run(), "here:1", id);
      write(job, id, JobStatus.FINISHED, "");
    } catch (RuntimeException failed) {
      String message = new String(JsonStringEncoder.getInstance().quoteAsString(failed.toString()));
      write(job, id, JobStatus.FAILED, "{\"type\":\"x\",\"message\":\"" + message + "\"}");
    }
  }

  private void write(FlinkDeployment job, String id, JobStatus state, String error) {
    FlinkDeployment now =
        client
            .resources(FlinkDeployment.class, FlinkDeploymentList.class)
            .inNamespace(namespace)
            .withName(job.getMetadata().getName())
            .get();
    FlinkDeploymentStatus status = new FlinkDeploymentStatus();
    status.getReconciliationStatus().serializeAndSetLastReconciledSpec(now.getSpec(), now);
    status.setJobManagerDeploymentStatus(JobManagerDeploymentStatus.READY);
    status.getJobStatus().setJobId(id);
    status.getJobStatus().setState(state);
    status.setError(error.isEmpty() ? null : error);
    now.setStatus(status);
    client.resource(now).updateStatus();
  }

  @Override
  public void close() {
    flink.shutdownNow();
    client.namespaces().withName(namespace).delete();
    client.close();
  }
}
