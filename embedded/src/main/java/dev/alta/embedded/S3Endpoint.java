package dev.alta.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.logging.slf4j.config.SLF4JLoggingModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An S3 endpoint (S3Proxy) over a folder, listening on 127.0.0.1 only. Conditional writes ({@code
 * If-None-Match: *}, {@code If-Match}) behave as on S3. The keys are made once and kept beside the
 * folder in {@code <folder>-access-key} and {@code <folder>-secret-key}, readable by their owner
 * only. Reached by path style: {@code http://127.0.0.1:…/bucket/object}.
 */
public final class S3Endpoint implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(S3Endpoint.class);

  private final S3Proxy proxy;
  private final BlobStoreContext store;
  private final FolderLock lock;
  private final String accessKey;
  private final String secretKey;

  private S3Endpoint(
      S3Proxy proxy, BlobStoreContext store, FolderLock lock, String accessKey, String secretKey) {
    this.proxy = proxy;
    this.store = store;
    this.lock = lock;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /** Starts an endpoint on a free port. */
  public static S3Endpoint start(Path directory) throws IOException {
    return start(directory, 0);
  }

  /**
   * Starts an endpoint.
   *
   * @param directory holds the buckets; made if it is not there
   * @param port the port on 127.0.0.1, or 0 for a free one
   * @throws IOException in one line, what was found and what was expected: the port is taken, the
   *     folder is not writable or in use by another process
   */
  public static S3Endpoint start(Path directory, int port) throws IOException {
    Path folder = directory.toAbsolutePath().normalize();
    OwnerOnly.folder(folder);
    FolderLock lock = FolderLock.take(folder, beside(folder, "lock"));
    try {
      return start(folder, LoopbackPort.free(port, "the S3 endpoint"), lock);
    } catch (IOException | RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private static S3Endpoint start(Path folder, int port, FolderLock lock) throws IOException {
    String accessKey = OwnerOnly.secret(beside(folder, "access-key"), 10);
    String secretKey = OwnerOnly.secret(beside(folder, "secret-key"), 24);
    HalfWritten.remove(folder);
    BlobStoreContext store = open(folder);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new SteadyLists(new ConditionalWrites(store.getBlobStore())))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
            .endpoint(URI.create("http://" + LoopbackPort.ADDRESS + ":" + port))
            .jettyMaxThreads(20)
            .build();
    try {
      proxy.start();
    } catch (Exception failed) { // so declared by S3Proxy
      store.close();
      throw new IOException(
          "the S3 endpoint on port " + port + " does not start: " + failed.getMessage(), failed);
    }
    log.info("S3 endpoint serves {} on port {}", folder, proxy.getPort());
    return new S3Endpoint(proxy, store, lock, accessKey, secretKey);
  }

  public String url() {
    return "http://" + LoopbackPort.ADDRESS + ":" + proxy.getPort();
  }

  public int port() {
    return proxy.getPort();
  }

  public String accessKey() {
    return accessKey;
  }

  public String secretKey() {
    return secretKey;
  }

  /** Stops listening. What was written stays in the folder. */
  @Override
  public void close() {
    try {
      proxy.stop();
      store.close();
      lock.close();
    } catch (Exception failed) { // so declared by S3Proxy
      throw new IllegalStateException("the S3 endpoint does not stop: " + failed, failed);
    }
  }

  /** Not in the folder itself, where every name is a bucket's. */
  private static Path beside(Path folder, String what) {
    return folder.resolveSibling(folder.getFileName() + "-" + what);
  }

  private static BlobStoreContext open(Path folder) {
    Properties settings = new Properties();
    settings.setProperty("jclouds.filesystem.basedir", folder.toString());
    return ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata())
        .credentials("local", "local")
        .modules(List.of(new SLF4JLoggingModule()))
        .overrides(settings)
        .build(BlobStoreContext.class);
  }
}
