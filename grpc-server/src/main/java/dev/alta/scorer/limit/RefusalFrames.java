package dev.alta.scorer.limit;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufAllocator;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The answers to refused calls of a connection, as they go out: gRPC's status and nothing else. */
final class RefusalFrames {
  private static final int TABLE_SIZE = 1;
  private static final int USUAL_TABLE = 4_096;
  // Status 200, and a header that refers to a name of the table that every client has.
  private static final int OK = 0x88;
  private static final int[] CONTENT_TYPE = {0x0f, 0x10};
  private static final int AS_TEXTS = 0;
  private static final int MOST_OWED = 1 << 15;

  private static final byte[] BLOCK = block(CallLimits.SHED);

  private @Nullable ByteBuf refusals;
  private int owed;

  private static byte[] block(Status status) {
    ByteBuf block = Unpooled.buffer().writeByte(OK);
    for (int one : CONTENT_TYPE) {
      block.writeByte(one);
    }
    text(block, "application/grpc");
    text(
        text(block.writeByte(AS_TEXTS), "grpc-status"), Integer.toString(status.getCode().value()));
    text(text(block.writeByte(AS_TEXTS), "grpc-message"), String.valueOf(status.getDescription()));
    byte[] bytes = new byte[block.readableBytes()];
    block.readBytes(bytes);
    return bytes;
  }

  private static ByteBuf text(ByteBuf into, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return into.writeByte(bytes.length).writeBytes(bytes);
  }

  /** Settings: no table of headers, or one as usual. */
  static ByteBuf tableSize(ByteBufAllocator allocator, boolean none) {
    ByteBuf settings = allocator.buffer(Frames.HEADER + 6);
    return Frames.write(settings, 6, Frames.SETTINGS, 0, 0)
        .writeShort(TABLE_SIZE)
        .writeInt(none ? 0 : USUAL_TABLE);
  }

  /** A call was refused. */
  void refuse(ByteBufAllocator allocator, int stream) {
    ByteBuf into = refusals;
    if (into == null) {
      into = allocator.buffer(8 * (Frames.HEADER + BLOCK.length));
      refusals = into;
    }
    Frames.write(into, BLOCK.length, Frames.HEADERS, Frames.END_STREAM | Frames.END_HEADERS, stream)
        .writeBytes(BLOCK);
  }

  /** So many bytes were left out that the client counts for the connection's flow. */
  void owe(int bytes) {
    owed += bytes;
  }

  /** Whether there is something to be written. */
  boolean isDue() {
    return refusals != null || owed > MOST_OWED;
  }

  /** What is to be written. */
  ByteBuf take(ByteBufAllocator allocator) {
    ByteBuf frames = refusals == null ? allocator.buffer(Frames.HEADER + 4) : refusals;
    refusals = null;
    if (owed > MOST_OWED) {
      Frames.write(frames, 4, Frames.WINDOW_UPDATE, 0, 0).writeInt(owed);
      owed = 0;
    }
    return frames;
  }

  void release() {
    ByteBuf unsent = refusals;
    refusals = null;
    if (unsent != null) {
      unsent.release();
    }
  }
}
