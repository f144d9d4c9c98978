package dev.alta.embedded;

import java.nio.file.FileSystemException;
import java.util.concurrent.locks.LockSupport;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.domain.PageSet;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;

/**
 * Lists once more where a list came across an object that was being written: a file that has only
 * some of its attributes yet, or was moved to its place meanwhile. See {@link HalfWritten}.
 */
final class SteadyLists extends ForwardingBlobStore {
  private static final int TRIES = 50;
  private static final long PAUSE_NANOS = 10_000_000;

  SteadyLists(BlobStore store) {
    super(store);
  }

  @Override
  public PageSet<? extends StorageMetadata> list(String bucket, ListContainerOptions options) {
    for (int tries = 1; ; tries++) {
      try {
        return super.list(bucket, options);
      } catch (RuntimeException failed) {
        if (tries == TRIES || !(failed.getCause() instanceof FileSystemException)) {
          throw failed;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
