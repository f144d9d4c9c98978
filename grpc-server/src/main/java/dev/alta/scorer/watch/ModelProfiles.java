package dev.alta.scorer.watch;

import com.google.protobuf.ByteString;
import dev.alta.model.registry.DatasetDocuments;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.RegistryException;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Manifest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads how the rows were distributed that a model was made from. For one thread. */
public final class ModelProfiles implements Function<Manifest, Optional<DataProfile>> {
  private static final Logger log = LoggerFactory.getLogger(ModelProfiles.class);

  private final Supplier<Registry> registries;
  private @Nullable Registry opened;

  public ModelProfiles(Supplier<Registry> registries) {
    this.registries = registries;
  }

  /** The profile that lies beside a version; empty where none does, or a damaged one. */
  @Override
  public Optional<DataProfile> apply(Manifest version) {
    Registry registry = opened;
    if (registry == null) {
      registry = registries.get();
      opened = registry;
    }
    try {
      return registry
          .attachment(Integer.parseInt(version.getVersion()), "profile.json")
          .map(ByteString::toStringUtf8)
          .map(DatasetDocuments::profileOf);
    } catch (RegistryException damaged) {
      log.warn("drift of the inputs is not watched: {}", damaged.getMessage());
      return Optional.empty();
    }
  }
}
