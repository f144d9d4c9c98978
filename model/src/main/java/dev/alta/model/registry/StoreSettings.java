package dev.alta.model.registry;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the bucket. Serialises with the keys, so that workers of a pipeline can have it.
 *
 * @param url of the S3 endpoint, without bucket: {@code http://127.0.0.1:9000}
 * @param bucket 3 to 63 lower-case letters, digits, dots and hyphens
 */
public record StoreSettings(String url, String accessKey, String secretKey, String bucket)
    implements Serializable {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  public StoreSettings {
    if (!isEndpoint(url)) {
      throw new IllegalArgumentException(
          "store url: " + url + " (expected: http://host:port or https://host, nothing more)");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          "bucket: " + bucket + " (expected: 3 to 63 of a-z, 0-9, dot and hyphen)");
    }
    if (accessKey.isEmpty() || secretKey.isEmpty()) {
      throw new IllegalArgumentException("store keys: empty (expected: access key and secret key)");
    }
  }

  private static boolean isEndpoint(String url) {
    @Nullable URI uri = parse(url);
    return uri != null
        && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null
        && uri.getUserInfo() == null
        && uri.getQuery() == null
        && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
  }

  private static @Nullable URI parse(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  /** Another bucket of the same store. */
  public StoreSettings withBucket(String other) {
    return new StoreSettings(url, accessKey, secretKey, other);
  }

  /** Without the keys, which must not reach a log. */
  @Override
  public String toString() {
    return url + "/" + bucket;
  }
}
