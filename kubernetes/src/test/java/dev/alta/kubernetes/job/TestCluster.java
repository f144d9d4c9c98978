package dev.alta.kubernetes.job;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.FlinkDeploymentList;

/**
 * A namespace under restricted Pod Security in a real cluster, with what k8s/base/flink has. To be
 * closed, which deletes it.
 */
final class TestCluster implements AutoCloseable {
  private static final String KUBECONFIG = "alta.kubeconfig";
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final List<String> DEFINITIONS =
      List.of("flinkdeployments", "flinksessionjobs", "flinkstatesnapshots");

  private final Config admin;
  private final KubernetesClient client;
  private final String namespace = "alta-it-" + UUID.randomUUID().toString().substring(0, 8);

  private TestCluster(Config admin) {
    this.admin = admin;
    this.client = new KubernetesClientBuilder().withConfig(admin).build();
  }

  /** Skips the test where no cluster was named. */
  static TestCluster startOrSkip() throws Exception {
    String kubeconfig = System.getProperty(KUBECONFIG, "");
    assumeTrue(
        !kubeconfig.isEmpty(),
        "needs -D"
            + KUBECONFIG
            + "=FILE, the kubeconfig of a cluster in which namespaces and the Flink operator's"
            + " resource definitions may be made");
    TestCluster cluster = new TestCluster(Config.fromKubeconfig(new File(kubeconfig)));
    cluster.start();
    return cluster;
  }

  private void start() throws Exception {
    for (String plural : DEFINITIONS) {
      apply("/META-INF/fabric8/" + plural + ".flink.apache.org-v1.yml", "");
    }
    await("definitions", () -> DEFINITIONS.stream().allMatch(this::isEstablished));
    client
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(namespace)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
    apply("/k8s/rbac.yaml", namespace);
    apply("/k8s/job.yaml", namespace);
  }

  private boolean isEstablished(String plural) {
    var status =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName(plural + ".flink.apache.org")
            .get()
            .getStatus();
    return status != null
        && status.getConditions() != null // not yet
        && status.getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  private void apply(String resource, String where) throws IOException {
    try (InputStream yaml =
        Objects.requireNonNull(TestCluster.class.getResourceAsStream(resource), resource)) {
      for (HasMetadata item : client.load(yaml).items()) {
        if (!where.isEmpty()) {
          item.getMetadata().setNamespace(where);
        }
        Resource<HasMetadata> found = client.resource(item);
        if (found.get() == null) {
          found.create();
        }
      }
    }
  }

  String namespace() {
    return namespace;
  }

  /** With all rights. */
  KubernetesClient client() {
    return client;
  }

  /** The same cluster as one of the namespace's ServiceAccounts sees it; to be closed. */
  KubernetesClient as(String account) {
    String token =
        client
            .serviceAccounts()
            .inNamespace(namespace)
            .withName(account)
            .tokenRequest(
                new TokenRequestBuilder()
                    .withNewSpec()
                    .withExpirationSeconds(3600L)
                    .endSpec()
                    .build())
            .getStatus()
            .getToken();
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(admin.getMasterUrl())
            .withCaCertFile(admin.getCaCertFile())
            .withCaCertData(admin.getCaCertData())
            .withOauthToken(token)
            .withNamespace(namespace)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  Resource<FlinkDeployment> job(String name) {
    return client
        .resources(FlinkDeployment.class, FlinkDeploymentList.class)
        .inNamespace(namespace)
        .withName(name);
  }

  /** Waits for a job to be there. */
  FlinkDeployment awaitJob(String name) throws InterruptedException {
    await("job " + name, () -> job(name).get() != null);
    return job(name).get();
  }

  static void await(String what, BooleanSupplier reached) throws InterruptedException {
    Instant giveUp = Instant.now().plus(LONGEST);
    while (!reached.getAsBoolean()) {
      if (Instant.now().isAfter(giveUp)) {
        throw new AssertionError("not within " + LONGEST + ": " + what);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Override
  public void close() {
    client.namespaces().withName(namespace).delete();
    client.close();
  }
}
