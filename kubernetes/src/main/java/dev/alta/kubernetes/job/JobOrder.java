package dev.alta.kubernetes.job;

import dev.alta.core.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/**
 * A job to be run.
 *
 * @param kind ingest, prepare or score
 * @param args of the job jar, without secrets: whoever may look at the job sees them
 * @param parallelism workers of each step
 * @param workflow that asks for it; empty where a person does
 */
public record JobOrder(String kind, List<String> args, int parallelism, OptionalLong workflow) {
  private static final int DIGEST_LENGTH = 10;

  public JobOrder {
    args = List.copyOf(args);
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism: " + parallelism + " (expected: > 0)");
    }
  }

  /**
   * What the same order is always called, so that whoever asks for it again finds the job that is
   * at work: {@code alta-ingest-w7-1f0c2a9b3d}.
   */
  public String name() {
    String of = workflow.isPresent() ? "-w" + workflow.getAsLong() : "";
    return "alta-" + kind + of + "-" + digest();
  }

  private String digest() {
    String whole = String.join("\n", args) + "\n" + parallelism;
    return Sha256.of(whole.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST_LENGTH);
  }
}
