package dev.alta.pipelines;

import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.StoreSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** One S3 endpoint for all tests of this module, and an empty bucket for each of them. */
public final class TestStore {
  private static final S3Endpoint ENDPOINT = start();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestStore() {}

  public static StoreSettings emptyBucket() {
    StoreSettings settings =
        new StoreSettings(
            ENDPOINT.url(),
            ENDPOINT.accessKey(),
            ENDPOINT.secretKey(),
            "bucket-" + NUMBER.incrementAndGet());
    ObjectStore.open(settings).close();
    return settings;
  }

  private static S3Endpoint start() {
    try {
      S3Endpoint endpoint =
          S3Endpoint.start(Files.createTempDirectory(Path.of("target"), "store-").resolve("s3"));
      Runtime.getRuntime().addShutdownHook(new Thread(endpoint::close));
      return endpoint;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
