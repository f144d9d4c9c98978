package dev.alta.model.registry;

import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.MinioException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files of any size in a bucket that is there already: found, read in ranges, written as a whole.
 * Everything it throws is a {@link StoreException}; a bucket that is not there is {@link
 * StoreException.NotFound}.
 *
 * <p>Safe for use by several threads.
 */
public final class FileStore implements AutoCloseable {
  // The largest object is 10,000 parts: 160 GB.
  private static final int PART = 16 << 20;

  private final StoreSettings settings;
  private final StoreCalls calls;
  private final MinioClient client;

  private FileStore(StoreSettings settings) {
    this.settings = settings;
    this.calls = new StoreCalls(settings);
    this.client = calls.client();
  }

  /** Connects at the first call. */
  public static FileStore of(StoreSettings settings) {
    return new FileStore(settings);
  }

  /** Looks at a file; empty where there is none of this name. */
  public Optional<StoredFile> find(String key) {
    try {
      StatObjectResponse found =
          calls.call(
              key,
              () ->
                  client.statObject(
                      StatObjectArgs.builder().bucket(settings.bucket()).object(key).build()));
      return Optional.of(new StoredFile(key, found.size(), StoreCalls.unquoted(found.etag())));
    } catch (StoreException.NotFound absent) {
      return Optional.empty();
    }
  }

  /** The files whose names begin with the prefix, sorted by name. */
  public List<StoredFile> list(String prefix) {
    return calls.list(prefix);
  }

  /**
   * Reads a part of a file.
   *
   * @param file as it was found
   * @param from offset of the first byte
   * @param length how many bytes, within the file
   * @throws StoreException.PreconditionFailed if it is no longer that file
   */
  public byte[] read(StoredFile file, long from, int length) {
    try {
      return calls.call(file.key(), () -> get(file, from, length));
    } catch (StoreCalls.ConditionNotMet changed) {
      throw new StoreException.PreconditionFailed(file.key(), "as it was when first looked at");
    }
  }

  private byte[] get(StoredFile file, long from, int length)
      throws MinioException, IOException, GeneralSecurityException {
    try (GetObjectResponse response =
        client.getObject(
            GetObjectArgs.builder()
                .bucket(settings.bucket())
                .object(file.key())
                .offset(from)
                .length((long) length)
                .matchETag(file.etag())
                .build())) {
      byte[] bytes = response.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException(file.key() + ": " + bytes.length + " of " + length);
      }
      return bytes;
    }
  }

  /**
   * Opens a file with all that the store keeps of it.
   *
   * @param file as it was found
   * @throws StoreException.PreconditionFailed if it is no longer that file
   */
  public FileContent open(StoredFile file) {
    try {
      return calls.call(
          file.key(),
          () ->
              new FileContent(
                  file,
                  client.getObject(
                      GetObjectArgs.builder()
                          .bucket(settings.bucket())
                          .object(file.key())
                          .matchETag(file.etag())
                          .build())));
    } catch (StoreCalls.ConditionNotMet changed) {
      throw new StoreException.PreconditionFailed(file.key(), "as it was when first looked at");
    }
  }

  /**
   * Writes a file of a known size with what the store is to keep of it, in place of what was there.
   * Not more than one part is in memory.
   *
   * @param metadata as {@link FileContent#metadata} gives it
   */
  public void write(
      String key, InputStream content, long size, String type, Map<String, String> metadata) {
    try {
      calls.call(
          key,
          () ->
              client.putObject(
                  PutObjectArgs.builder()
                      .bucket(settings.bucket())
                      .object(key)
                      .contentType(type)
                      .userMetadata(metadata)
                      .stream(content, size, -1)
                      .build()));
    } catch (StoreCalls.ConditionNotMet conflict) {
      throw new StoreException.PreconditionFailed(key, "one writer at a time");
    }
  }

  /**
   * Writes a file in place of what was there. Readers see all of it or nothing: a large one goes up
   * in parts that become an object at the end. Not more than one part is in memory.
   *
   * @param content read to its end; an exception that it throws stops the upload
   */
  public void write(String key, InputStream content) {
    try {
      calls.call(
          key,
          () ->
              client.putObject(
                  PutObjectArgs.builder().bucket(settings.bucket()).object(key).stream(
                          content, -1, PART)
                      .build()));
    } catch (StoreCalls.ConditionNotMet conflict) {
      throw new StoreException.PreconditionFailed(key, "one writer at a time");
    }
  }

  /** Removes a file; one that is not there is no error. */
  public void delete(String key) {
    calls.call(
        key,
        () -> {
          client.removeObject(
              RemoveObjectArgs.builder().bucket(settings.bucket()).object(key).build());
          return key;
        });
  }

  @Override
  public void close() {
    calls.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
