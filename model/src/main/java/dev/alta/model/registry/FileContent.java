package dev.alta.model.registry;

import io.minio.GetObjectResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The bytes of a file in a bucket, from the first to the last, and what the store keeps of it. */
public final class FileContent extends FilterInputStream {
  private static final String METADATA = "x-amz-meta-";
  private static final String UNKNOWN = "application/octet-stream";

  private final StoredFile file;
  private final GetObjectResponse response;
  private long left;

  FileContent(StoredFile file, GetObjectResponse response) {
    super(response);
    this.file = file;
    this.response = response;
    this.left = file.size();
  }

  /** Its media type. */
  public String type() {
    return Optional.ofNullable(response.headers().get("Content-Type")).orElse(UNKNOWN);
  }

  /** What whoever wrote it wanted to be kept of it, by name. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    for (String header : response.headers().names()) {
      String name = header.toLowerCase(Locale.ROOT);
      String value = response.headers().get(header);
      if (name.startsWith(METADATA) && value != null) {
        metadata.put(name.substring(METADATA.length()), value);
      }
    }
    return metadata;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Fails where the file ends too early. */
  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    int size = super.read(into, from, most);
    if (size > 0) {
      left -= size;
    } else if (size < 0 && left > 0) {
      throw new IOException(
          file.key() + ": ended " + left + " bytes early (expected: " + file.size() + " bytes)");
    }
    return size;
  }
}
