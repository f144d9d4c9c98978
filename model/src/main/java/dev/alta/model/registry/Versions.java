package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.StoredObject;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The versions of one model, read with every digest checked. */
final class Versions {
  // What a manifest says is not trusted with this process's memory, of which an object takes a few
  // times its size once it is read.
  private static final long LARGEST_OBJECT =
      Math.min(512L << 20, Runtime.getRuntime().maxMemory() / 8);

  private final ObjectStore store;
  private final String name;
  private final ObjectNames names;

  Versions(ObjectStore store, String name, ObjectNames names) {
    this.store = store;
    this.name = name;
    this.names = names;
  }

  List<Integer> existing() {
    return List.copyOf(numbers(ObjectNames.MANIFEST));
  }

  /** The versions that have this object. */
  NavigableSet<Integer> numbers(String object) {
    NavigableSet<Integer> numbers = new TreeSet<>();
    store.list(names.versions()).stream()
        .filter(found -> found.endsWith("/" + object))
        .flatMapToInt(found -> names.versionOf(found).stream())
        .forEach(numbers::add);
    return numbers;
  }

  /** The names of all objects in a version's folder. */
  List<String> objects(int version) {
    String folder = names.of(version, "");
    return store.list(folder).stream().map(object -> object.substring(folder.length())).toList();
  }

  /** Where an object of a version lies in the bucket. */
  String path(int version, String object) {
    return names.of(version, object);
  }

  ManifestDocument require(int version) {
    return read(version).orElseThrow(() -> noSuch(version));
  }

  /**
   * The same where the digest is known from elsewhere: the file beside the manifest is not read.
   */
  ManifestDocument require(int version, String sha256) {
    ManifestDocument document = readUnverified(version).orElseThrow(() -> noSuch(version));
    document.verify(sha256);
    return document;
  }

  Optional<ManifestDocument> read(int version) {
    Optional<ManifestDocument> document = readUnverified(version);
    // A version that an earlier Alta wrote has no such file.
    document.ifPresent(found -> digestFile(version).ifPresent(found::verifyBy));
    return document;
  }

  /** What lies beside the manifest; empty where nothing does. */
  Optional<ByteString> digestFile(int version) {
    return bytes(names.of(version, ObjectNames.MANIFEST_DIGEST));
  }

  private Optional<ManifestDocument> readUnverified(int version) {
    String object = names.of(version, ObjectNames.MANIFEST);
    Optional<ManifestDocument> document =
        bytes(object).map(bytes -> ManifestDocument.parse(object, bytes));
    document.ifPresent(
        found ->
            Documents.verify(
                object,
                found.manifest().getName() + " " + found.manifest().getVersion(),
                name + " " + version));
    return document;
  }

  private Optional<ByteString> bytes(String object) {
    try {
      return Optional.of(store.get(object, Documents.LARGEST).bytes());
    } catch (StoreException.NotFound absent) {
      return Optional.empty();
    }
  }

  private RegistryException.NoSuchModel noSuch(int version) {
    return new RegistryException.NoSuchModel(
        Integer.toString(version), "one of versions " + existing());
  }

  StoredModel load(int version, Manifest manifest) {
    String object = names.of(version, ObjectNames.MODEL);
    try {
      Model model = Model.parseFrom(object(version, manifest, ObjectNames.MODEL));
      Documents.verify(object, "model " + model.getName(), "model " + name);
      return new StoredModel(version, manifest, model);
    } catch (InvalidProtocolBufferException malformed) {
      throw new RegistryException.Damaged(object, "not readable", "alta.v1.Model");
    }
  }

  /** Reads an object of a version and compares it with what the manifest says. */
  ByteString object(int version, Manifest manifest, String wanted) {
    String object = names.of(version, wanted);
    if (!ObjectNames.isObject(wanted)) {
      throw new RegistryException.Damaged(object, "no name of an object", "one such as card.html");
    }
    StoredObject said =
        manifest.getObjectsList().stream()
            .filter(listed -> listed.getName().equals(wanted))
            .findFirst()
            .orElseThrow(
                () -> new RegistryException.Damaged(object, "not in the manifest", "listed there"));
    ByteString bytes = read(object, said.getSize());
    Documents.verify(
        object, "sha256 " + Sha256.of(bytes.asReadOnlyByteBuffer()), "sha256 " + said.getSha256());
    return bytes;
  }

  private ByteString read(String object, long expectedSize) {
    String expected = expectedSize + " bytes";
    if (expectedSize < 0 || expectedSize > LARGEST_OBJECT) {
      throw new RegistryException.Damaged(
          object, "said to have " + expected, "at most " + LARGEST_OBJECT + " in this process");
    }
    try {
      ByteString bytes = store.get(object, expectedSize).bytes();
      Documents.verify(object, bytes.size() + " bytes", expected);
      return bytes;
    } catch (StoreException.NotFound absent) {
      throw new RegistryException.Damaged(object, "not there", expected);
    } catch (StoreException.TooLarge larger) {
      throw new RegistryException.Damaged(object, "larger", expected);
    }
  }
}
