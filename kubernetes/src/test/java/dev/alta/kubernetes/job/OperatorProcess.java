package dev.alta.kubernetes.job;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The Flink Kubernetes operator as a process of this machine, watching one namespace. */
final class OperatorProcess implements AutoCloseable {
  private static final Path JARS = Path.of("target", "operator");
  private static final String STANDALONE = "flink-kubernetes-standalone";

  private final Process process;
  private final Path log;

  private OperatorProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Skips the test where the operator's jars were not fetched. */
  static OperatorProcess startOrSkip(Path folder, String namespace) throws IOException {
    assumeTrue(
        Files.isDirectory(JARS),
        "needs the operator's jars, which ./mvnw -f kubernetes/operator package puts into " + JARS);
    String kubeconfig = new File(System.getProperty("alta.kubeconfig", "")).getAbsolutePath();
    URI server = URI.create(Config.fromKubeconfig(new File(kubeconfig)).getMasterUrl());
    Files.writeString(
        folder.resolve("flink-conf.yaml"),
        """
        kubernetes.operator.watched.namespaces: %s
        kubernetes.operator.reconcile.interval: 2 s
        kubernetes.operator.observer.progress-check.interval: 1 s
        kubernetes.operator.health.probe.enabled: false
        """
            .formatted(namespace));
    Path log = folder.resolve("operator.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                "org.apache.flink.kubernetes.operator.FlinkOperator")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "KUBECONFIG",
                kubeconfig,
                "FLINK_CONF_DIR",
                folder.toString(),
                "OPERATOR_NAMESPACE",
                namespace,
                "OPERATOR_NAME",
                "flink-operator",
                "HOSTNAME",
                "flink-operator-0",
                "KUBERNETES_SERVICE_HOST",
                server.getHost(),
                "KUBERNETES_SERVICE_PORT",
                String.valueOf(server.getPort())));
    return new OperatorProcess(builder.start(), log);
  }

  /** That jar first, then the operator's own. */
  private static String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(JARS)) {
      List<String> names =
          jars.map(path -> path.toAbsolutePath().toString())
              .sorted(Comparator.comparingInt(OperatorProcess::place))
              .toList();
      return String.join(File.pathSeparator, names);
    }
  }

  private static int place(String jar) {
    return jar.contains(STANDALONE) ? 0 : jar.contains("flink-kubernetes-operator-1") ? 1 : 2;
  }

  /** What it has said lately. */
  String log() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException none) {
      return none.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
