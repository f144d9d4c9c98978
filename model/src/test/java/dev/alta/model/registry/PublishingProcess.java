package dev.alta.model.registry;

import dev.alta.embedded.S3Endpoint;
import dev.alta.proto.v1.DecisionKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Another process that has the bucket, publishes one version after the other and promotes each. */
final class PublishingProcess {
  static final String BUCKET = "killed";
  private static final int BYTES = 3_000_000;

  private PublishingProcess() {}

  public static void main(String[] args) throws Exception {
    S3Endpoint endpoint = S3Endpoint.start(Path.of(args[0]));
    Registry registry = TestRegistry.on(ObjectStore.open(TestRegistry.settings(endpoint, BUCKET)));
    System.out.println("ready");
    while (true) {
      int version =
          Integer.parseInt(registry.publish(TestRegistry.publication(BYTES)).getVersion());
      System.out.println("published " + version);
      registry.decide(registry.history(), TestRegistry.draft(DecisionKind.PROMOTED, version));
      System.out.println("promoted " + version);
    }
  }

  /** What it says goes to a file, which outlives it. */
  static Process start(Path folder, Path output) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PublishingProcess.class.getName(),
                folder.toString()))
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
