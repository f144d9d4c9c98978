package dev.alta.pipelines.file;

import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.StoreException;
import dev.alta.model.registry.StoreSettings;
import dev.alta.model.registry.StoredFile;
import dev.alta.pipelines.PipelineException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * An object of a bucket.
 *
 * @param store with the bucket
 * @param key the object's name
 */
record StoredPlace(StoreSettings store, String key) implements Place {
  // Kept for the process: a new client would build up its connections anew for every file.
  private static final Map<StoreSettings, FileStore> STORES = new ConcurrentHashMap<>();

  private static FileStore files(StoreSettings settings) {
    return STORES.computeIfAbsent(settings, FileStore::of);
  }

  static StoredPlace of(String address, Optional<StoreSettings> store) {
    String expected = " (expected: s3://bucket/key)";
    int slash = address.indexOf('/', S3.length());
    if (slash < 0 || address.endsWith("/")) {
      throw new PipelineException(address + ": no name of a file" + expected);
    }
    StoreSettings settings =
        store.orElseThrow(
            () ->
                new PipelineException(
                    address + ": no store is known (expected: its URL and keys in the settings)"));
    try {
      return new StoredPlace(
          settings.withBucket(address.substring(S3.length(), slash)), address.substring(slash + 1));
    } catch (IllegalArgumentException malformed) {
      throw new PipelineException(address + ": " + malformed.getMessage(), malformed);
    }
  }

  @Override
  public String address() {
    return S3 + store.bucket() + "/" + key;
  }

  @Override
  public String name() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  @Override
  public Place beside(String name) {
    return new StoredPlace(store, key.substring(0, key.lastIndexOf('/') + 1) + name);
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public Optional<Found> find() {
    return with(files -> files.find(key)).map(file -> new Found(file.size(), file.etag()));
  }

  @Override
  public List<Place> matching() {
    Glob glob = Glob.of(key);
    return with(files -> files.list(Glob.folder(key))).stream()
        .map(StoredFile::key)
        .filter(name -> !name.endsWith("/") && glob.matches(name))
        .sorted()
        .<Place>map(name -> new StoredPlace(store, name))
        .toList();
  }

  @Override
  public List<Place> besides(String prefix) {
    String folder = key.substring(0, key.lastIndexOf('/') + 1);
    return with(files -> files.list(folder + prefix)).stream()
        .map(StoredFile::key)
        .filter(name -> name.indexOf('/', folder.length()) < 0)
        .<Place>map(name -> new StoredPlace(store, name))
        .toList();
  }

  @Override
  public InputStream read(Found found, long from) {
    return new RangeStream(
        files(store), new StoredFile(key, found.size(), found.tag()), address(), from);
  }

  @Override
  public void requireWritable() {
    besides(name()); // a bucket that is not there says so
  }

  @Override
  public void write(InputStream content) {
    with(
        files -> {
          files.write(key, content);
          return key;
        });
  }

  @Override
  public void delete() {
    with(
        files -> {
          files.delete(key);
          return key;
        });
  }

  private <T> T with(Function<FileStore, T> call) {
    try {
      return call.apply(files(store));
    } catch (StoreException.NotFound
        | StoreException.PreconditionFailed
        | StoreException.TooLarge
        | StoreException.Refused failed) {
      throw new PipelineException(address() + ": " + failed.getMessage(), failed);
    }
  }

  /** The address; the settings keep their keys to themselves. */
  @Override
  public String toString() {
    return address();
  }
}
