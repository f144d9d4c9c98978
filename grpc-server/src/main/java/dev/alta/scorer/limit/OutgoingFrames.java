package dev.alta.scorer.limit;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;

/** Sees which frames others write to a connection. */
final class OutgoingFrames {
  private final HeaderTable table;
  // Of the frame that was begun.
  private long left;

  OutgoingFrames(HeaderTable table) {
    this.table = table;
  }

  /** Bytes are written: frames, or parts of one. */
  void see(Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      throw new IllegalStateException(message.getClass() + " (expected: bytes of HTTP/2)");
    }
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      if (left == 0) {
        begin(bytes, at);
        left += Frames.HEADER;
      }
      long some = Math.min(left, end - at);
      at += (int) some;
      left -= some;
    }
  }

  private void begin(ByteBuf bytes, int at) {
    int type = Frames.type(bytes, at);
    if (type == Frames.HEADERS) {
      table.headersGoOut();
    } else if (type == Frames.SETTINGS && (Frames.flags(bytes, at) & Frames.ACK) == 0) {
      table.settingsGoOut();
    }
    left = Frames.length(bytes, at);
  }
}
