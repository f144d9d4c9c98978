package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.StoredObject;
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
  private final VersionWriter writer;
  private final Aliases aliases;
  private final DecisionBook decisions;
  private final DatasetDocuments datasets;

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
    this.writer = new VersionWriter(store, name, names, versions);
    this.aliases = new Aliases(store, names, clock);
    this.datasets = new DatasetDocuments(store);
    this.decisions = new DecisionBook(new Decisions(store, names), aliases, versions, clock);
  }

  /** What lies beside the models in the same bucket: documents of the data they are trained on. */
  public DatasetDocuments datasets() {
    return datasets;
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
    Manifest manifest = writer.write(publication, clock.instant());
    log.info("model {} version {} published", name, manifest.getVersion());
    return manifest;
  }

  /** The versions that exist, from the oldest on. */
  public List<Integer> versions() {
    return versions.existing();
  }

  /** What is known of a version; empty where it does not exist. */
  public Optional<Manifest> manifest(int version) {
    return versions.read(version).map(ManifestDocument::manifest);
  }

  /**
   * Loads what an alias or a number in text form stands for.
   *
   * @throws RegistryException.NoSuchModel if there is none
   * @throws RegistryException.Damaged if an object is not what was written; names it
   */
  public StoredModel load(String aliasOrVersion) {
    OptionalInt version = ObjectNames.version(aliasOrVersion);
    return version.isPresent() ? load(version.getAsInt()) : load(required(aliasOrVersion));
  }

  /**
   * The version that an alias or a number in text form stands for.
   *
   * @throws RegistryException.NoSuchModel if there is none
   */
  public int version(String aliasOrVersion) {
    OptionalInt version = ObjectNames.version(aliasOrVersion);
    return version.isPresent()
        ? Integer.parseInt(versions.require(version.getAsInt()).manifest().getVersion())
        : required(aliasOrVersion).version();
  }

  private Alias required(String alias) {
    return alias(alias)
        .orElseThrow(() -> new RegistryException.NoSuchModel(alias, "an alias or a number"));
  }

  /** Loads the version that an alias points to, as {@link #load(String)} does. */
  public StoredModel load(Alias alias) {
    ManifestDocument document = versions.require(alias.version(), alias.manifestSha256());
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

  /**
   * A further object of a version, verified like {@link #load(String)}; empty where the version has
   * none of that name.
   */
  public Optional<ByteString> attachment(int version, String attachment) {
    Manifest manifest = versions.require(version).manifest();
    return manifest.getObjectsList().stream().anyMatch(o -> o.getName().equals(attachment))
        ? Optional.of(versions.object(version, manifest, attachment))
        : Optional.empty();
  }

  /**
   * The further objects of a version, as its manifest lists them.
   *
   * @throws RegistryException.NoSuchModel if there is no such version
   */
  public List<StoredObject> attachments(int version) {
    return versions.require(version).manifest().getObjectsList().stream()
        .filter(object -> !ObjectNames.isOwn(object.getName()))
        .toList();
  }

  /**
   * How the rows were distributed that a version was made from; empty where nothing of that lies
   * beside it.
   *
   * @throws RegistryException.NoSuchModel if there is no such version
   * @throws RegistryException.Damaged if it is not what the manifest says
   */
  public Optional<DataProfile> profile(int version) {
    return attachment(version, DatasetDocuments.PROFILE)
        .map(ByteString::toStringUtf8)
        .map(DatasetDocuments::profileOf);
  }

  /**
   * Reads every object of a version and compares it with what the manifest, the aliases and the
   * decisions say; then loads the model and lets it answer its samples.
   *
   * @throws RegistryException.NoSuchModel if there is no such version
   */
  public Verification verify(int version, Contract contract) {
    return VersionCheck.of(versions, contract, version, decisions.pinned(version));
  }

  /**
   * Checks all versions, decisions and aliases against each other; unlike others changes nothing.
   */
  public RegistryAudit.Result audit(Contract contract) {
    return decisions.audit(contract);
  }

  /**
   * All that was decided so far, and where the aliases point by it. Where a process that decided
   * was cut off before its aliases were moved, they are moved now.
   *
   * @throws RegistryException.Damaged if a decision is not what was written; names it
   */
  public History history() {
    return decisions.history();
  }

  /**
   * Decides: keeps the decision for good and moves the aliases as it says.
   *
   * @param seen what it is decided on
   * @param draft kind, version, who, reason, and what the rule saw; the rest is filled in
   * @return the decision as it was kept
   * @throws RegistryException.DecidedMeanwhile if somebody else has decided since; nothing changes
   * @throws RegistryException.NotPossible if the version is not in a state for it
   */
  public Decision decide(History seen, Decision draft) {
    Decision decision = decisions.decide(seen, draft);
    log.info(
        "model {} decision {}: version {} {} by {}: {}",
        name,
        decision.getNumber(),
        decision.getVersion(),
        decision.getKind(),
        decision.getWho(),
        decision.getReason());
    return decision;
  }

  /** Where an alias points to now; empty where it was never set. */
  public Optional<Alias> alias(String alias) {
    return aliases.read(alias);
  }

  /** All aliases that are set, by name: those that follow from decisions, and others. */
  public List<Alias> aliases() {
    return aliases.all();
  }

  /**
   * Points an alias to a version, without a decision: for tools that keep no history.
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
