package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;

/**
 * A bucket: whole objects, written on conditions. Everything it throws is a {@link StoreException}.
 *
 * <p>Safe for use by several threads.
 */
public final class ObjectStore implements AutoCloseable {
  private static final long SMALLEST_PART = 5L << 20;

  /** An object's content, and the tag that changes with it. */
  record Fetched(ByteString bytes, String etag) {}

  private final StoreSettings settings;
  private final StoreCalls calls;
  private final MinioClient client;

  private ObjectStore(StoreSettings settings) {
    this.settings = settings;
    this.calls = new StoreCalls(settings);
    this.client = calls.client();
  }

  /**
   * Connects, and creates the bucket where it is not there yet.
   *
   * @throws StoreException.Unreachable if nothing answers at the URL
   * @throws StoreException.Refused if the keys are wrong
   */
  public static ObjectStore open(StoreSettings settings) {
    ObjectStore store = new ObjectStore(settings);
    try {
      store.createBucket();
      return store;
    } catch (RuntimeException failed) {
      store.close();
      throw failed;
    }
  }

  /**
   * Reads a whole object.
   *
   * @param limit largest size accepted, in bytes; nothing beyond it is held in memory
   */
  Fetched get(String object, long limit) {
    return calls.call(
        object,
        () -> {
          try (GetObjectResponse response =
              client.getObject(
                  GetObjectArgs.builder().bucket(settings.bucket()).object(object).build())) {
            byte[] bytes = response.readNBytes(Math.toIntExact(limit + 1));
            if (bytes.length > limit) {
              throw new StoreException.TooLarge(object, limit);
            }
            return new Fetched(
                UnsafeByteOperations.unsafeWrap(bytes),
                StoreCalls.unquoted(response.headers().get("ETag")));
          }
        });
  }

  /**
   * Writes an object that must not be there yet.
   *
   * @return its tag
   * @throws StoreException.PreconditionFailed if it is there
   */
  String create(String object, ByteString bytes) {
    return put(object, bytes, Map.of("If-None-Match", "*"), "no such object yet");
  }

  /**
   * Writes an object in place of the one with this tag.
   *
   * @return the new tag
   * @throws StoreException.PreconditionFailed if there is another one by now, or none
   */
  String replace(String object, ByteString bytes, String etag) {
    try {
      return put(object, bytes, Map.of("If-Match", "\"" + etag + "\""), "the one with tag " + etag);
    } catch (StoreException.NotFound gone) {
      throw new StoreException.PreconditionFailed(object, "the one with tag " + etag);
    }
  }

  /** Writes an object, whether or not there is one. */
  void put(String object, ByteString bytes) {
    put(object, bytes, Map.of(), "anything");
  }

  /** Names of all objects that begin with the prefix. */
  List<String> list(String prefix) {
    return calls.list(prefix).stream().map(StoredFile::key).toList();
  }

  @Override
  public void close() {
    calls.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }

  private void createBucket() {
    calls.call(
        settings.bucket(),
        () -> {
          String bucket = settings.bucket();
          if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            makeBucket(bucket);
          }
          return bucket;
        });
  }

  private void makeBucket(String bucket)
      throws MinioException, IOException, GeneralSecurityException {
    try {
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    } catch (ErrorResponseException refused) {
      // Another process may have been faster.
      if (!refused.errorResponse().code().equals("BucketAlreadyOwnedByYou")) {
        throw refused;
      }
    }
  }

  private String put(
      String object, ByteString bytes, Map<String, String> conditions, String expected) {
    // One part, however large: a condition does not hold for an upload in several parts.
    long partSize = Math.max(bytes.size(), SMALLEST_PART);
    try {
      return calls.call(
          object,
          () ->
              StoreCalls.unquoted(
                  client
                      .putObject(
                          PutObjectArgs.builder()
                              .bucket(settings.bucket())
                              .object(object)
                              .headers(conditions)
                              .stream(bytes.newInput(), bytes.size(), partSize)
                              .build())
                      .etag()));
    } catch (StoreCalls.ConditionNotMet changed) {
      throw new StoreException.PreconditionFailed(object, expected);
    }
  }
}
