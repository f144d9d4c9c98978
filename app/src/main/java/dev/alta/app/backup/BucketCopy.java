package dev.alta.app.backup;

import dev.alta.core.progress.Progress;
import dev.alta.model.registry.FileContent;
import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.StoreException;
import dev.alta.model.registry.StoredFile;
import dev.alta.proto.v1.BackupObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The objects of a bucket, on their way into an archive. */
final class BucketCopy {
  // What Alta itself keeps: never changed once written, except for the aliases.
  private static final Pattern OWN = Pattern.compile("(models|datasets)/.*");
  private static final Pattern ALIAS = Pattern.compile("models/[^/]+/aliases/.*");
  private static final int TRIES = 5;

  private final FileStore store;
  private final ArchiveWriter archive;
  private final List<BackupObject> copied = new ArrayList<>();

  BucketCopy(FileStore store, ArchiveWriter archive) {
    this.store = store;
    this.archive = archive;
  }

  /** Whether the key is that of an alias. */
  static boolean isAlias(String key) {
    return ALIAS.matcher(key).matches();
  }

  /** Models and data sets as they are now. */
  static List<StoredFile> own(FileStore store) {
    return store.list("").stream().filter(file -> OWN.matcher(file.key()).matches()).toList();
  }

  /**
   * Copies those of the files that are aliases.
   *
   * @throws StoreException.PreconditionFailed if one is not what it was
   * @throws StoreException.NotFound if one is gone
   */
  void aliases(List<StoredFile> files) throws IOException {
    for (StoredFile file : files) {
      if (isAlias(file.key())) {
        copy(file);
      }
    }
  }

  /** Copies the others; throws as {@link #aliases}. */
  void rest(List<StoredFile> files, Progress progress) throws IOException {
    for (StoredFile file : files) {
      if (!isAlias(file.key())) {
        copy(file);
        progress.at("objects", copied.size(), files.size());
      }
    }
  }

  /** Copies what else is in the bucket, each as it is when its turn comes. */
  void others() throws IOException {
    for (StoredFile file : store.list("")) {
      // What ends with a slash stands for a folder, and holds nothing.
      if (!OWN.matcher(file.key()).matches() && !file.key().endsWith("/")) {
        copyAsItIs(file);
      }
    }
  }

  private void copyAsItIs(StoredFile listed) throws IOException {
    Optional<StoredFile> file = Optional.of(listed);
    for (int attempt = 1; file.isPresent(); attempt++) {
      try {
        copy(file.get());
        return;
      } catch (StoreException.PreconditionFailed | StoreException.NotFound changed) {
        if (attempt == TRIES) {
          throw changed;
        }
        file = store.find(listed.key());
      }
    }
  }

  private void copy(StoredFile file) throws IOException {
    if (!Names.isSafe(file.key())) {
      throw new ArchiveException(
          "object " + file.key() + " (expected: a key without steps up, which can be restored)");
    }
    try (FileContent content = store.open(file)) {
      ArchiveWriter.Written written = archive.put(Names.object(file.key()), content::transferTo);
      copied.add(
          BackupObject.newBuilder()
              .setKey(file.key())
              .setBytes(written.bytes())
              .setSha256(written.sha256())
              .setContentType(content.type())
              .putAllMetadata(content.metadata())
              .build());
    }
  }

  List<BackupObject> copied() {
    return copied;
  }
}
