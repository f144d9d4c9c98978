package dev.alta.model.registry;

import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The vendor's client, and what it throws made into a {@link StoreException}. */
final class StoreCalls implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int MOST_TRIES = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /** A call of the client. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws MinioException, IOException, GeneralSecurityException;
  }

  /** On its way from the answer to the method that knows what was expected. */
  static final class ConditionNotMet extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final StoreSettings settings;
  private final MinioClient client;

  StoreCalls(StoreSettings settings) {
    this.settings = settings;
    this.client =
        MinioClient.builder()
            .endpoint(settings.url())
            .credentials(settings.accessKey(), settings.secretKey())
            .build();
    client.setTimeout(
        CONNECT_TIMEOUT.toMillis(), TRANSFER_TIMEOUT.toMillis(), TRANSFER_TIMEOUT.toMillis());
  }

  MinioClient client() {
    return client;
  }

  /** What the vendor's client throws ends here. */
  <T> T call(String object, Call<T> call) {
    for (int tries = 1; ; tries++) {
      try {
        return call.run();
      } catch (ErrorResponseException answered) {
        if (tries == MOST_TRIES || !isSkewed(answered)) {
          throw translated(object, answered);
        }
        // Signed before a clock was set, perhaps. It was looked at no further.
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      } catch (IOException unreachable) {
        throw new StoreException.Unreachable(settings, unreachable);
      } catch (MinioException | GeneralSecurityException failed) {
        throw new StoreException.Refused(settings, object, failed);
      }
    }
  }

  private static boolean isSkewed(ErrorResponseException answered) {
    return answered.errorResponse().code().equals("RequestTimeTooSkewed");
  }

  /** What lies under a prefix, sorted by name. */
  List<StoredFile> list(String prefix) {
    return call(
        prefix,
        () -> {
          List<StoredFile> files = new ArrayList<>();
          Iterable<Result<Item>> found =
              client.listObjects(
                  ListObjectsArgs.builder()
                      .bucket(settings.bucket())
                      .prefix(prefix)
                      .recursive(true)
                      .build());
          for (Result<Item> result : found) {
            Item item = result.get();
            files.add(new StoredFile(item.objectName(), item.size(), unquoted(item.etag())));
          }
          return files;
        });
  }

  private RuntimeException translated(String object, ErrorResponseException answered) {
    if (isSkewed(answered)) {
      return new StoreException.Refused(
          settings,
          object,
          new IOException("its clock is not this machine's (expected: 15 minutes off at most)"));
    }
    if (answered.errorResponse().code().equals("NoSuchBucket")) {
      return new StoreException.NotFound("bucket " + settings.bucket());
    }
    return switch (answered.response().code()) {
      case 404 -> new StoreException.NotFound(object);
      // 409: a writer that was at it at the same time won.
      case 409, 412 -> new ConditionNotMet();
      case SERVICE_UNAVAILABLE -> new StoreException.Unreachable(settings, answered);
      default -> new StoreException.Refused(settings, object, answered);
    };
  }

  /**
   * An ETag without its quotes.
   *
   * @throws IllegalStateException if the store gave none, as after a copy of the embedded store's
   *     folder that left out the extended attributes
   */
  static String unquoted(@Nullable String etag) {
    if (etag == null) {
      throw new IllegalStateException(
          "object store: no ETag in the answer (expected: one; was its folder copied without"
              + " extended attributes?)");
    }
    return etag.replace("\"", "");
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception failed) {
      // Closing only gives threads and connections back; the interface of the vendor says
      // Exception.
      throw new IllegalStateException("object store " + settings + ": cannot be closed", failed);
    }
  }
}
