package dev.alta.scorer.watch;

import dev.alta.model.registry.Registry;
import dev.alta.model.registry.RegistryException;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Manifest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how the rows were distributed that a model was made from. For one thread. */
public final class ModelProfiles implements Function<Manifest, Optional<DataProfile>> {
  private static final Logger log = LoggerFactory.getLogger(ModelProfiles.class);

  private final Supplier<Registry> registry;

  public ModelProfiles(Supplier<Registry> registry) {
    this.registry = registry;
  }

  /** The profile that lies beside a version; empty where none does, or a damaged one. */
  @Override
  public Optional<DataProfile> apply(Manifest version) {
    Registry opened = registry.get();
    try {
      return opened.profile(Integer.parseInt(version.getVersion()));
    } catch (RegistryException damaged) {
      log.warn("drift of the inputs is not watched: {}", damaged.getMessage());
      return Optional.empty();
    }
  }
}
