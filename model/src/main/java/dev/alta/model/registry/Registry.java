package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.Manifest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one model and the aliases that point to them. Versions are numbers from 1 on, may
 * have gaps, and never change. The layout stands at the top of {@code alta/v1/model.proto}.
 *
 * <p>Safe for use by several threads and several processes at once. Besides what each method names,
 * all of them throw a {@link StoreException} where the store fails.
 */
public final class Registry {
  private static final Logger log = LoggerFactory.getLogger(Registry.class);

  private final String name;
  private final Clock clock;
  private final Versions versions;
  private final Aliases aliases;

  /**
   * Opens a model's part of the store.
   *
   * @param name of the model: a letter, then up to 62 of a-z, 0-9, _ and -
   */
  public Registry(ObjectStore store, String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    ObjectNames names = new ObjectNames(name);
    this.versions = new Versions(store, name, names);
    this.aliases = new Aliases(store, names, clock);
  }

  /** Name of the model. */
  public String name() {
    return name;
  }

  /**
   * Writes a new version under the next free number. It exists once this returns; if it is cut off
   * before, there is no version, only a number that stays unused.
   */
  public Manifest publish(Publication publication) {
    if (!publication.model().getName().equals(name)) {
      throw new IllegalArgumentException(
          "model name: " + publication.model().getName() + " (expected: " + name + ")");
    }
    Manifest manifest = versions.write(publication, clock.instant());
    log.info("model {} version {} published", name, manifest.getVersion());
    return manifest;
  }

  /** The versions that exist, from the oldest on. */
  public List<Integer> versions() {
    return versions.existing();
  }

  /** What is known of a version; empty where it does not exist. */
  public Optional<Manifest> manifest(int version) {
    try {
      return Optional.of(versions.read(version).manifest());
    } catch (StoreException.NotFound absent) {
      return Optional.empty();
    }
  }

  /**
   * Loads what an alias or a number in text form stands for.
   *
   * @throws RegistryException.NoSuchModel if there is none
   * @throws RegistryException.Damaged if an object is not what was written; names it
   */
  public StoredModel load(String aliasOrVersion) {
    OptionalInt version = ObjectNames.version(aliasOrVersion);
    return version.isPresent()
        ? load(version.getAsInt())
        : load(
            alias(aliasOrVersion)
                .orElseThrow(
                    () ->
                        new RegistryException.NoSuchModel(aliasOrVersion, "an alias or a number")));
  }

  /** Loads the version that an alias points to, as {@link #load(String)} does. */
  public StoredModel load(Alias alias) {
    ManifestDocument document = versions.require(alias.version());
    document.verify(alias.manifestSha256());
    return versions.load(alias.version(), document.manifest());
  }

  /** Loads a version, as {@link #load(String)} does. */
  public StoredModel load(int version) {
    return versions.load(version, versions.require(version).manifest());
  }

  /** A version's model in the trainer's own format, verified like {@link #load(String)}. */
  public ByteString nativeModel(int version) {
    return versions.object(version, versions.require(version).manifest(), ObjectNames.NATIVE);
  }

  /** Where an alias points to now; empty where it was never set. */
  public Optional<Alias> alias(String alias) {
    return aliases.read(alias);
  }

  /**
   * Points an alias to a version.
   *
   * @param expected the alias as it was read; empty where it must not be there yet
   * @param reason kept with the alias
   * @throws RegistryException.AliasConflict if somebody else set it after it was read
   * @throws RegistryException.NoSuchModel if there is no such version
   */
  public Alias setAlias(String alias, int version, Optional<Alias> expected, String reason) {
    Alias set = aliases.set(alias, version, versions.require(version).sha256(), expected, reason);
    log.info("model {} alias {} set to version {}: {}", name, alias, version, reason);
    return set;
  }
}
