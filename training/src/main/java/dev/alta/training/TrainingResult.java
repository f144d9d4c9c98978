package dev.alta.training;

import dev.alta.proto.v1.Manifest;
import java.util.List;

/**
 * What a training made: a version for each objective, in their order. None of them is promoted yet.
 */
public record TrainingResult(List<TrainedVersion> versions) {
  /** What the registry keeps of them. */
  public List<Manifest> manifests() {
    return versions.stream().map(TrainedVersion::manifest).toList();
  }
}
