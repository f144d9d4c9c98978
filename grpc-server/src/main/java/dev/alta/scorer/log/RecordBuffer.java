package dev.alta.scorer.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Records in memory as they will stand in a segment: a group that goes to disk at once. */
final class RecordBuffer {
  private static final int USUAL = 1 << 18;

  private byte[] bytes = new byte[USUAL];
  private int length;

  void add(long sequence, Payload payload) {
    int end = Math.addExact(length, RecordForm.RECORD_HEADER + payload.length());
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    payload.copyTo(bytes, length + RecordForm.RECORD_HEADER);
    RecordForm.writeHeader(ByteBuffer.wrap(bytes), length, sequence, payload.length());
    length = end;
  }

  int length() {
    return length;
  }

  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  void clear() {
    length = 0;
    if (bytes.length > 16 * USUAL) {
      bytes = new byte[USUAL];
    }
  }
}
