package dev.alta.scorer.limit;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;

/** The beginnings of HTTP/2's frames (RFC 9113). */
final class Frames {
  static final int HEADER = 9;
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int WINDOW_UPDATE = 8;

  static final int ACK = 0x1;
  static final int END_STREAM = 0x1;
  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int PRIORITY = 0x20;

  private Frames() {}

  static int length(ByteBuf bytes, int at) {
    return bytes.getUnsignedMedium(at);
  }

  static int type(ByteBuf bytes, int at) {
    return bytes.getByte(at + 3);
  }

  static int flags(ByteBuf bytes, int at) {
    return bytes.getByte(at + 4);
  }

  static int stream(ByteBuf bytes, int at) {
    return bytes.getInt(at + 5) & Integer.MAX_VALUE;
  }

  /** Begins a frame. */
  static ByteBuf write(ByteBuf into, int length, int type, int flags, int stream) {
    return into.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
  }
}
