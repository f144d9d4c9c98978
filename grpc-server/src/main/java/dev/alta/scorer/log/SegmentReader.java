package dev.alta.scorer.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reads the records of one segment, from where it was {@link #done} before. What is no record as it
 * was written is passed over, up to the next one that is.
 */
final class SegmentReader implements AutoCloseable {
  /** A record as it was written. */
  record Found(long sequence, ByteString payload) {}

  private static final int WINDOW = 1 << 20;

  private final Segment segment;
  private final FileChannel channel;
  private final UUID spool;
  private long position;
  private long passedOver;
  private long damaged;

  private SegmentReader(Segment segment, FileChannel channel, UUID spool) {
    this.segment = segment;
    this.channel = channel;
    this.spool = spool;
    this.position = segment.readTo();
  }

  /**
   * Opens a segment.
   *
   * @throws NoSegmentException if its beginning is not that of a segment
   */
  static SegmentReader open(Segment segment) throws IOException {
    FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
    try {
      byte[] header = bytes(channel, 0, RecordForm.SEGMENT_HEADER);
      if (!RecordForm.isSegmentHeader(header)) {
        throw new NoSegmentException();
      }
      return new SegmentReader(segment, channel, RecordForm.spool(header));
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  /** The file does not begin as a segment does. */
  static final class NoSegmentException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  Segment segment() {
    return segment;
  }

  UUID spool() {
    return spool;
  }

  /** Bytes so far that were no record. */
  long passedOver() {
    return passedOver;
  }

  /** The same without those behind the last record, which may have been cut off. */
  long damaged() {
    return damaged;
  }

  /** Whether there is nothing more to read now. */
  boolean isAtEnd() {
    return position >= segment.length();
  }

  /** What was read so far need not be read again. */
  void done() {
    segment.wasReadTo(position);
  }

  /** The next records, if any. */
  List<Found> read(int most) throws IOException {
    long end = segment.length();
    List<Found> found = read(most, Math.min(WINDOW, end - position), end);
    return found.isEmpty() && position < end ? read(most, end - position, end) : found;
  }

  private List<Found> read(int most, long window, long end) throws IOException {
    byte[] bytes = bytes(channel, position, window);
    // What is behind the window may be the rest of a record that begins in it.
    boolean isRest = position + bytes.length >= end || bytes.length < window;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<Found> found = new ArrayList<>();
    int at = 0;
    while (found.size() < most && at < bytes.length) {
      if (isRecord(buffer, at)) {
        damaged = passedOver;
        int payload = at + RecordForm.RECORD_HEADER;
        int next = payload + RecordForm.payload(buffer, at);
        found.add(
            new Found(
                RecordForm.sequence(buffer, at),
                UnsafeByteOperations.unsafeWrap(bytes, payload, next - payload)));
        at = next;
      } else if (isRest) {
        int next = nextRecord(buffer, at + 1);
        passedOver += next - at;
        at = next;
      } else {
        break;
      }
    }
    position = isRest && at == bytes.length ? end : position + at;
    return found;
  }

  private static int nextRecord(ByteBuffer buffer, int from) {
    int at = from;
    while (at < buffer.limit() && !isRecord(buffer, at)) {
      at++;
    }
    return at;
  }

  private static boolean isRecord(ByteBuffer buffer, int at) {
    int left = buffer.limit() - at - RecordForm.RECORD_HEADER;
    if (left <= 0) {
      return false;
    }
    int payload = RecordForm.payload(buffer, at);
    return RecordForm.canBePayload(payload) && payload <= left && RecordForm.isWhole(buffer, at);
  }

  private static byte[] bytes(FileChannel channel, long from, long length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length));
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
      // Goes on until it is full or the file ends.
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
