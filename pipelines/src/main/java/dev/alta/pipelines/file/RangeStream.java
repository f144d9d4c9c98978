package dev.alta.pipelines.file;

import dev.alta.model.registry.FileStore;
import dev.alta.model.registry.StoreException;
import dev.alta.model.registry.StoredFile;
import dev.alta.pipelines.PipelineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * A file of a bucket, fetched range by range: no connection is held while its bytes are worked on,
 * and a range that is cut off is fetched again.
 */
final class RangeStream extends InputStream {
  // The first ranges are small: often only a file's beginning is looked at.
  private static final int FIRST = 64 << 10;
  private static final int LARGEST = 8 << 20;
  private static final int TRIES = 5;
  private static final long FIRST_PAUSE_MILLIS = 200;

  private final FileStore files;
  private final StoredFile file;
  private final String address;
  private byte[] range = {};
  private int length = FIRST;
  private int at;
  // Offset of the first byte after the range.
  private long next;

  RangeStream(FileStore files, StoredFile file, String address, long from) {
    this.files = files;
    this.file = file;
    this.address = address;
    this.next = from;
  }

  @Override
  public int read() throws IOException {
    return fill() ? range[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(length, range.length - at);
    System.arraycopy(range, at, into, offset, taken);
    at += taken;
    return taken;
  }

  /** Goes on without fetching what is left out. */
  @Override
  public long skip(long n) {
    long skipped = Math.max(0, Math.min(n, range.length - at + file.size() - next));
    long inRange = Math.min(skipped, range.length - at);
    at += (int) inRange;
    next += skipped - inRange;
    return skipped;
  }

  /** More than 0 up to the end: GZIPInputStream takes 0 for the end. */
  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, range.length - at + Math.max(0, file.size() - next));
  }

  private boolean fill() throws IOException {
    if (at < range.length) {
      return true;
    }
    if (next >= file.size()) {
      return false;
    }
    range = fetch((int) Math.min(length, file.size() - next));
    length = Math.min(LARGEST, 4 * length);
    next += range.length;
    at = 0;
    return true;
  }

  private byte[] fetch(int bytes) throws IOException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return files.read(file, next, bytes);
      } catch (StoreException.Unreachable failed) {
        if (attempt == TRIES) {
          throw failed;
        }
        sleep(pause);
        pause *= 2;
      } catch (StoreException failed) {
        throw new PipelineException(address + ": " + failed.getMessage(), failed);
      }
    }
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while waiting for the store");
    }
  }
}
