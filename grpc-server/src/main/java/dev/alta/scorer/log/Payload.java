package dev.alta.scorer.log;

/**
 * An answered prediction as it will stand in the spool: the bytes of a {@code SpooledAnswer}. What
 * waits for the disk waits as bytes, since an encounter in objects takes several times the room.
 */
final class Payload implements Entry {
  private final byte[] bytes;

  Payload(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  /** Copies it to a place where there is room for it. */
  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }
}
