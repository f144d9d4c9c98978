package dev.alta.loadtest.scorer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a gRPC call on one connection. As usual clients do, it sends its headers in full
 * once and refers to them from then on (RFC 7541), unless the server keeps no table of them.
 */
final class CallForm {
  private static final int LARGEST_FRAME = 16_384;
  private static final int FRAME_HEADER = 9;
  private static final int MESSAGE_HEADER = 5;
  private static final byte DATA = 0;
  private static final byte HEADERS = 1;
  private static final byte END_STREAM = 1;
  private static final byte END_HEADERS = 4;
  // What the server has forgotten when it has been told so.
  private static final byte[] NO_TABLE = {0x20};
  private static final byte[] TABLE_OF_4096 = {0x3f, (byte) 0xe1, 0x1f};
  private static final byte[] METHOD_POST_SCHEME_HTTP = {(byte) 0x83, (byte) 0x86};

  /** A header by its number in the table that every server has, and its value. */
  private record Field(int number, String name, String value) {}

  private final List<Field> fields;
  private final byte[] message;
  private final byte[] literal;
  private final byte[] indexed;

  /**
   * Takes what is sent.
   *
   * @param path such as {@code /alta.v1.ReadmissionService/Predict}
   */
  CallForm(String authority, String path, byte[] message) {
    this.fields =
        List.of(
            new Field(4, "", path),
            new Field(1, "", authority),
            new Field(0, "te", "trailers"),
            new Field(31, "", "application/grpc"),
            new Field(58, "", "alta-loadtest"));
    this.message = message;
    this.literal = whole(new byte[0], literals());
    this.indexed = whole(new byte[0], references());
  }

  /** Bytes that count for the flow of a connection. */
  int dataBytes() {
    return MESSAGE_HEADER + message.length;
  }

  /** A call that has the server note the headers. */
  byte[] first(boolean tableWasAway) {
    return whole(tableWasAway ? TABLE_OF_4096 : new byte[0], additions());
  }

  /** A call whose headers the server has noted. */
  byte[] next() {
    return indexed;
  }

  /** The first call to a server that keeps no table any more. */
  byte[] firstLiteral() {
    return whole(NO_TABLE, literals());
  }

  /** A call to a server that keeps no table. */
  byte[] literal() {
    return literal;
  }

  private List<Byte> literals() {
    List<Byte> block = new ArrayList<>();
    for (Field field : fields) {
      // Four bits for the number; what is more follows.
      int most = 15;
      block.add((byte) Math.min(field.number(), most));
      if (field.number() >= most) {
        block.add((byte) (field.number() - most));
      }
      texts(field, block);
    }
    return block;
  }

  private List<Byte> additions() {
    List<Byte> block = new ArrayList<>();
    for (Field field : fields) {
      block.add((byte) (0x40 | field.number()));
      texts(field, block);
    }
    return block;
  }

  /** The latest addition has number 62. */
  private List<Byte> references() {
    List<Byte> block = new ArrayList<>();
    for (int i = fields.size() - 1; i >= 0; i--) {
      block.add((byte) (0x80 | (62 + i)));
    }
    return block;
  }

  private static void texts(Field field, List<Byte> block) {
    if (field.number() == 0) {
      text(field.name(), block);
    }
    text(field.value(), block);
  }

  private static void text(String text, List<Byte> block) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > 126) {
      throw new IllegalArgumentException(text + " (expected: at most 126 characters)");
    }
    block.add((byte) bytes.length);
    for (byte one : bytes) {
      block.add(one);
    }
  }

  /** The frames of a call; {@link #number} gives them their stream. */
  private byte[] whole(byte[] change, List<Byte> headers) {
    int block = change.length + METHOD_POST_SCHEME_HTTP.length + headers.size();
    int frames = Math.max(1, (dataBytes() + LARGEST_FRAME - 1) / LARGEST_FRAME);
    ByteBuffer call =
        ByteBuffer.allocate(FRAME_HEADER + block + frames * FRAME_HEADER + dataBytes());
    frame(call, block, HEADERS, END_HEADERS);
    call.put(change).put(METHOD_POST_SCHEME_HTTP);
    headers.forEach(call::put);
    ByteBuffer data =
        ByteBuffer.allocate(dataBytes()).put((byte) 0).putInt(message.length).put(message).flip();
    while (data.hasRemaining()) {
      int length = Math.min(LARGEST_FRAME, data.remaining());
      frame(call, length, DATA, length == data.remaining() ? END_STREAM : 0);
      call.put(data.slice(data.position(), length));
      data.position(data.position() + length);
    }
    return call.array();
  }

  private static void frame(ByteBuffer into, int length, byte type, int flags) {
    into.putInt((length << 8) | type).put((byte) flags).putInt(0);
  }

  /** Writes the number of a stream into each frame of a call that starts there. */
  static void number(ByteBuffer bytes, int from, int to, int stream) {
    int at = from;
    while (at < to) {
      bytes.putInt(at + 5, stream);
      at += FRAME_HEADER + (bytes.getInt(at) >>> 8);
    }
  }
}
