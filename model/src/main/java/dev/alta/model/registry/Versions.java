package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions of one model: written once, read with every digest checked. */
final class Versions {
  private static final Logger log = LoggerFactory.getLogger(Versions.class);
  private static final long LARGEST_OBJECT = 512L << 20;
  private static final int MOST_CLAIMS = 100;

  private final ObjectStore store;
  private final String name;
  private final ObjectNames names;

  Versions(ObjectStore store, String name, ObjectNames names) {
    this.store = store;
    this.name = name;
    this.names = names;
  }

  Manifest write(Publication publication, Instant now) {
    ByteString model = publication.model().toByteString();
    int version = claim(model);
    store.create(names.of(version, ObjectNames.NATIVE), publication.nativeModel());
    Manifest manifest =
        Manifest.newBuilder()
            .setName(name)
            .setVersion(Integer.toString(version))
            .setCreatedAt(now.toString())
            .addObjects(stored(ObjectNames.MODEL, model))
            .addObjects(stored(ObjectNames.NATIVE, publication.nativeModel()))
            .setProvenance(publication.provenance())
            .setValidation(publication.validation())
            .setTest(publication.test())
            .build();
    store.create(names.of(version, ObjectNames.MANIFEST), Documents.write(manifest));
    return manifest;
  }

  List<Integer> existing() {
    return List.copyOf(numbers(ObjectNames.MANIFEST));
  }

  ManifestDocument require(int version) {
    try {
      return read(version);
    } catch (StoreException.NotFound absent) {
      throw new RegistryException.NoSuchModel(
          Integer.toString(version), "one of versions " + existing());
    }
  }

  ManifestDocument read(int version) {
    String object = names.of(version, ObjectNames.MANIFEST);
    ManifestDocument document =
        ManifestDocument.parse(object, store.get(object, Documents.LARGEST).bytes());
    Documents.verify(
        object,
        document.manifest().getName() + " " + document.manifest().getVersion(),
        name + " " + version);
    return document;
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
    try {
      // What the manifest says is not trusted with this process's memory.
      ByteString bytes =
          store.get(object, Math.max(0, Math.min(LARGEST_OBJECT, expectedSize))).bytes();
      Documents.verify(object, bytes.size() + " bytes", expected);
      return bytes;
    } catch (StoreException.NotFound absent) {
      throw new RegistryException.Damaged(object, "not there", expected);
    } catch (StoreException.TooLarge larger) {
      throw new RegistryException.Damaged(object, "larger", expected);
    }
  }

  /** Creates model.pb where there is none, and so owns its number. */
  private int claim(ByteString model) {
    NavigableSet<Integer> taken = numbers(ObjectNames.MODEL);
    int first = taken.isEmpty() ? 1 : taken.last() + 1;
    for (int version = first; version < first + MOST_CLAIMS; version++) {
      try {
        store.create(names.of(version, ObjectNames.MODEL), model);
        return version;
      } catch (StoreException.PreconditionFailed lost) {
        log.info("model {} version {} is taken by another publisher", name, version);
      }
    }
    throw new IllegalStateException(
        "model " + name + ": " + MOST_CLAIMS + " numbers from " + first + " on are taken");
  }

  private NavigableSet<Integer> numbers(String object) {
    NavigableSet<Integer> numbers = new TreeSet<>();
    store.list(names.versions()).stream()
        .filter(found -> found.endsWith("/" + object))
        .flatMapToInt(found -> names.versionOf(found).stream())
        .forEach(numbers::add);
    return numbers;
  }

  private static StoredObject stored(String object, ByteString bytes) {
    return StoredObject.newBuilder()
        .setName(object)
        .setSize(bytes.size())
        .setSha256(Sha256.of(bytes.asReadOnlyByteBuffer()))
        .build();
  }
}
