package dev.alta.training.live;

import dev.alta.core.contract.Contract;
import dev.alta.database.CleanData;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Manifest;
import java.util.Optional;

/** How the rows were distributed that a version was made from. */
public final class TrainingProfile {
  private TrainingProfile() {}

  /** That which is kept with the version, or else in this database; empty where neither has it. */
  public static Optional<DataProfile> of(
      Contract contract, Registry registry, CleanData data, Manifest version) {
    return registry
        .profile(Integer.parseInt(version.getVersion()))
        .or(
            () ->
                data.profile(version.getProvenance().getDataGeneration())
                    .map(DatasetDocuments::profileOf))
        .filter(profile -> profile.getContract().equals(contract.name()));
  }
}
