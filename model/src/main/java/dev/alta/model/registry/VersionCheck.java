package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Contract;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.bundle.UnusableModelException;
import dev.alta.model.registry.Verification.CheckedObject;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reads every object of a version and compares it with all that is known of it. */
final class VersionCheck {
  private final Versions versions;
  private final Contract contract;
  private final int version;
  private final List<CheckedObject> objects = new ArrayList<>();

  private VersionCheck(Versions versions, Contract contract, int version) {
    this.versions = versions;
    this.contract = contract;
    this.version = version;
  }

  /**
   * Checks a version.
   *
   * @param pinned digests of its manifest that aliases and decisions hold
   * @throws RegistryException.NoSuchModel if it has no manifest
   */
  static Verification of(Versions versions, Contract contract, int version, Set<String> pinned) {
    VersionCheck check = new VersionCheck(versions, contract, version);
    check.manifest(pinned).ifPresent(check::listed);
    return new Verification(version, List.copyOf(check.objects));
  }

  private Optional<Manifest> manifest(Set<String> pinned) {
    ManifestDocument document;
    try {
      document = versions.require(version);
      pinned.forEach(document::verify);
    } catch (RegistryException.Damaged damaged) {
      add(ObjectNames.MANIFEST, 0, Optional.ofNullable(damaged.getMessage()));
      return Optional.empty();
    }
    add(ObjectNames.MANIFEST, document.size(), Optional.empty());
    add(ObjectNames.MANIFEST_DIGEST, this::digestFile);
    return Optional.of(document.manifest());
  }

  private ByteString digestFile() {
    String path = versions.path(version, ObjectNames.MANIFEST_DIGEST);
    return versions
        .digestFile(version)
        .orElseThrow(
            () ->
                new RegistryException.Damaged(
                    path, "not there", "the digest of " + ObjectNames.MANIFEST));
  }

  private void listed(Manifest manifest) {
    Set<String> unlisted = new TreeSet<>(versions.objects(version));
    unlisted.remove(ObjectNames.MANIFEST);
    unlisted.remove(ObjectNames.MANIFEST_DIGEST);
    for (StoredObject object : manifest.getObjectsList()) {
      unlisted.remove(object.getName());
      add(object.getName(), () -> versions.object(version, manifest, object.getName()));
    }
    for (String name : unlisted) {
      String path = versions.path(version, name);
      add(name, 0, Optional.of(path + ": not in the manifest (expected: listed there)"));
    }
    if (objects.stream().allMatch(object -> object.finding().isEmpty())) {
      loads(manifest);
    }
  }

  /** That the bytes are right does not say that this program can answer with them. */
  private void loads(Manifest manifest) {
    String model = versions.path(version, ObjectNames.MODEL);
    try {
      Predictor.of(contract, versions.load(version, manifest).model()).selfCheck();
    } catch (UnusableModelException | RegistryException.Damaged unusable) {
      add(ObjectNames.MODEL, 0, Optional.of(model + ": does not load: " + unusable.getMessage()));
    }
  }

  private void add(String name, Supplier<ByteString> read) {
    try {
      add(name, read.get().size(), Optional.empty());
    } catch (RegistryException.Damaged damaged) {
      add(name, 0, Optional.ofNullable(damaged.getMessage()));
    }
  }

  private void add(String name, long size, Optional<String> finding) {
    objects.add(new CheckedObject(name, size, finding));
  }
}
