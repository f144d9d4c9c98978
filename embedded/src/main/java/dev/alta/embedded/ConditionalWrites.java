package dev.alta.embedded;

import java.util.stream.Stream;
import org.gaul.s3proxy.PutOptions2;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.BlobMetadata;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;
import org.jspecify.annotations.Nullable;

/**
 * Makes conditional writes atomic, as they are on S3. S3Proxy looks at the object and then writes,
 * so that of two writers at the same time both would win; here the condition is looked at again
 * while no other writer of that object is let in.
 */
final class ConditionalWrites extends ForwardingBlobStore {
  private static final int LOCKS = 64;
  private static final int PRECONDITION_FAILED = 412;

  // An object always has the same lock; that some objects share one only makes them wait.
  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  ConditionalWrites(BlobStore store) {
    super(store);
  }

  @Override
  public String putBlob(String bucket, Blob blob, PutOptions options) {
    String object = blob.getMetadata().getName();
    synchronized (lock(bucket, object)) {
      if (options instanceof PutOptions2 conditions) {
        check(bucket, object, conditions);
      }
      return super.putBlob(bucket, blob, options);
    }
  }

  @Override
  public void removeBlob(String bucket, String object) {
    synchronized (lock(bucket, object)) {
      super.removeBlob(bucket, object);
    }
  }

  private Object lock(String bucket, String object) {
    return locks[Math.floorMod(31 * bucket.hashCode() + object.hashCode(), LOCKS)];
  }

  private void check(String bucket, String object, PutOptions2 conditions) {
    String wanted = conditions.getIfMatch();
    String unwanted = conditions.getIfNoneMatch();
    if (wanted == null && unwanted == null) {
      return;
    }
    BlobMetadata found = blobMetadata(bucket, object);
    String tag = found == null ? null : found.getETag();
    boolean holds =
        (wanted == null || matches(wanted, tag)) && (unwanted == null || !matches(unwanted, tag));
    if (!holds) {
      throw new HttpResponseException(
          object + ": changed by another writer",
          null,
          HttpResponse.builder().statusCode(PRECONDITION_FAILED).build());
    }
  }

  private static boolean matches(String condition, @Nullable String tag) {
    return tag != null && (condition.equals("*") || bare(condition).equals(bare(tag)));
  }

  private static String bare(String tag) {
    return tag.replace("\"", "");
  }
}
