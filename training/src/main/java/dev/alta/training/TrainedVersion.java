package dev.alta.training;

import dev.alta.proto.v1.Manifest;

/**
 * A version that a training made.
 *
 * @param manifest with its figures and provenance
 * @param features length of its vectors
 * @param trees of all classes
 * @param largestDifference between a probability of the kernel and the trainer's, over all
 *     validation and test rows
 */
public record TrainedVersion(Manifest manifest, int features, int trees, double largestDifference) {
  public int number() {
    return Integer.parseInt(manifest.getVersion());
  }
}
