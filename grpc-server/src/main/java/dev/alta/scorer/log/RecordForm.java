package dev.alta.scorer.log;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The bytes of a segment. It begins with {@code ALTASPL1}, the spool's id (16 bytes) and a checksum
 * of both. Each record is its payload's length, a checksum of what follows, its sequence number (8
 * bytes), and the payload: a {@code SpooledAnswer}. Whole numbers have 4 bytes unless said
 * otherwise, the highest first; checksums are CRC-32C.
 */
final class RecordForm {
  static final int SEGMENT_HEADER = 28;
  static final int RECORD_HEADER = 16;
  // Above any message that the scorer takes in.
  static final int LARGEST_PAYLOAD = 32 << 20;

  private static final long MAGIC = 0x414C_5441_5350_4C31L;
  private static final int CHECKSUM_AT = 4;
  private static final int SEQUENCE_AT = 8;

  private RecordForm() {}

  static ByteBuffer segmentHeader(UUID spool) {
    ByteBuffer header = ByteBuffer.allocate(SEGMENT_HEADER);
    header.putLong(MAGIC);
    header.putLong(spool.getMostSignificantBits()).putLong(spool.getLeastSignificantBits());
    header.putInt(checksum(header, 0, SEGMENT_HEADER - 4));
    return header.flip();
  }

  static boolean isSegmentHeader(byte[] bytes) {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    return bytes.length >= SEGMENT_HEADER
        && header.getLong(0) == MAGIC
        && header.getInt(SEGMENT_HEADER - 4) == checksum(header, 0, SEGMENT_HEADER - 4);
  }

  static UUID spool(byte[] segmentHeader) {
    ByteBuffer header = ByteBuffer.wrap(segmentHeader);
    return new UUID(header.getLong(8), header.getLong(16));
  }

  /** Completes a record whose payload is in its place. */
  static void writeHeader(ByteBuffer bytes, int at, long sequence, int payload) {
    bytes.putInt(at, payload);
    bytes.putLong(at + SEQUENCE_AT, sequence);
    bytes.putInt(at + CHECKSUM_AT, checksum(bytes, at));
  }

  /** Length of the payload of what may be a record; nothing is checked. */
  static int payload(ByteBuffer bytes, int at) {
    return bytes.getInt(at);
  }

  static boolean canBePayload(int length) {
    return length > 0 && length <= LARGEST_PAYLOAD;
  }

  static long sequence(ByteBuffer bytes, int at) {
    return bytes.getLong(at + SEQUENCE_AT);
  }

  /** Whether the bytes, of which there are enough, are a record as it was written. */
  static boolean isWhole(ByteBuffer bytes, int at) {
    return bytes.getInt(at + CHECKSUM_AT) == checksum(bytes, at);
  }

  private static int checksum(ByteBuffer bytes, int record) {
    return checksum(
        bytes, record + SEQUENCE_AT, RECORD_HEADER - SEQUENCE_AT + payload(bytes, record));
  }

  private static int checksum(ByteBuffer bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(from, length));
    return (int) crc.getValue();
  }
}
