package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.core.digest.Sha256;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.StoredObject;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a version under the next free number, its manifest last. */
final class VersionWriter {
  private static final Logger log = LoggerFactory.getLogger(VersionWriter.class);
  private static final int MOST_CLAIMS = 100;

  private final ObjectStore store;
  private final String name;
  private final ObjectNames names;
  private final Versions versions;

  VersionWriter(ObjectStore store, String name, ObjectNames names, Versions versions) {
    this.store = store;
    this.name = name;
    this.names = names;
    this.versions = versions;
  }

  Manifest write(Publication publication, Instant now) {
    ByteString model = publication.model().toByteString();
    int version = claim(model);
    Manifest.Builder manifest =
        publication.about().toBuilder()
            .setName(name)
            .setVersion(Integer.toString(version))
            .setCreatedAt(now.toString())
            .addObjects(stored(ObjectNames.MODEL, model))
            .addObjects(write(version, ObjectNames.NATIVE, publication.nativeModel()));
    new TreeMap<>(publication.attachments().of(version))
        .forEach(
            (attachment, bytes) ->
                manifest.addObjects(
                    write(version, ObjectNames.checkedAttachment(attachment), bytes)));
    Manifest written = manifest.build();
    ByteString document = Documents.write(written);
    write(version, ObjectNames.MANIFEST_DIGEST, ManifestDocument.digestFile(document));
    write(version, ObjectNames.MANIFEST, document);
    return written;
  }

  private StoredObject write(int version, String object, ByteString bytes) {
    store.create(names.of(version, object), bytes);
    return stored(object, bytes);
  }

  /** Creates model.pb where there is none, and so owns its number. */
  private int claim(ByteString model) {
    NavigableSet<Integer> taken = versions.numbers(ObjectNames.MODEL);
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

  private static StoredObject stored(String object, ByteString bytes) {
    return StoredObject.newBuilder()
        .setName(object)
        .setSize(bytes.size())
        .setSha256(Sha256.of(bytes.asReadOnlyByteBuffer()))
        .build();
  }
}
