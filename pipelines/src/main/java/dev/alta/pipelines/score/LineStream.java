package dev.alta.pipelines.score;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Lines as a stream of bytes, made as they are read. */
final class LineStream extends InputStream {
  private static final int MEMBER = 1 << 20;

  /** Gives one line after the other, null at the end. */
  @FunctionalInterface
  interface Lines {
    byte @Nullable [] next() throws IOException;
  }

  private final Lines lines;
  private byte @Nullable [] line;
  private int at;

  private LineStream(byte[] header, Lines lines) {
    this.line = header;
    this.lines = lines;
  }

  static LineStream of(byte[] header, Lines lines) {
    return new LineStream(header, lines);
  }

  /** Compressed by gzip: a file of several members, each of about a megabyte of lines. */
  static LineStream zipped(byte[] header, Lines lines) {
    LineStream plain = of(header, lines);
    return of(
        new byte[0],
        new Lines() {
          private boolean first = true;

          @Override
          public byte @Nullable [] next() throws IOException {
            byte[] member = plain.readNBytes(MEMBER);
            if (member.length == 0 && !first) {
              return null;
            }
            first = false; // no lines at all are still a gzip file
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
              gzip.write(member);
            }
            return zipped.toByteArray();
          }
        });
  }

  @Override
  public int read() throws IOException {
    byte[] found = current();
    return found == null ? -1 : found[at++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    byte[] found = current();
    if (found == null) {
      return -1;
    }
    int taken = Math.min(length, found.length - at);
    System.arraycopy(found, at, into, offset, taken);
    at += taken;
    return taken;
  }

  /** The line that is being read, if there is still some of it; else the next one. */
  private byte @Nullable [] current() throws IOException {
    while (line != null && at == line.length) {
      line = lines.next();
      at = 0;
    }
    return line;
  }
}
