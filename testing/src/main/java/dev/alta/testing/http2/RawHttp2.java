package dev.alta.testing.http2;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A connection on which frames are written as they are told, and read when they are asked for. */
public final class RawHttp2 implements AutoCloseable {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  private static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int CONTINUATION = 9;
  public static final int END_STREAM = 0x1;
  private static final int ACK = 0x1;
  public static final int END_HEADERS = 0x4;

  private static final int HEADER = 9;
  private static final int BUFFER = 4 << 10;
  private static final int LONGEST_WAIT_MILLIS = 100_000;
  private static final int CANCEL = 8;
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  /**
   * A frame that came.
   *
   * @param text its payload as Latin text, in which plain header texts can be found
   */
  public record Frame(int type, int flags, int stream, String text) {
    public boolean isEnd() {
      return (flags & END_STREAM) != 0;
    }

    private boolean isSettings() {
      return type == SETTINGS && (flags & ACK) == 0;
    }
  }

  private RawHttp2(Socket socket) throws IOException {
    this.socket = socket;
    // Nobody waits for ever, however slow the machine is.
    socket.setSoTimeout(LONGEST_WAIT_MILLIS);
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    this.in = new DataInputStream(socket.getInputStream());
  }

  /**
   * Connects to a port of this machine, and says how many bytes of an answer may come unasked.
   *
   * @param window of each stream, in bytes
   */
  public static RawHttp2 open(int port, int window) throws IOException {
    RawHttp2 connection = new RawHttp2(new Socket(InetAddress.getLoopbackAddress(), port));
    connection.out.write(PREFACE);
    byte[] setting = ByteBuffer.allocate(6).putShort((short) 4).putInt(window).array();
    connection.frame(SETTINGS, 0, 0, setting);
    connection.flush();
    // A server's limits hold once they are acknowledged, which must not be before they have come.
    Optional<Frame> came = connection.read();
    while (came.isPresent() && !came.get().isSettings()) {
      came = connection.read();
    }
    connection.frame(SETTINGS, ACK, 0, new byte[0]);
    connection.flush();
    return connection;
  }

  /** Writes a frame; goes out with the next flush. */
  public void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    header.put((byte) type).put((byte) flags).putInt(stream);
    out.write(header.array());
    out.write(payload);
  }

  /** Begins a gRPC call, by the method's full name. */
  public void call(int stream, String method) throws IOException {
    frame(HEADERS, END_HEADERS, stream, block(method));
  }

  /** Ends it with its message. */
  public void message(int stream, byte[] message) throws IOException {
    ByteBuffer framed = ByteBuffer.allocate(5 + message.length);
    frame(
        DATA, END_STREAM, stream, framed.put((byte) 0).putInt(message.length).put(message).array());
  }

  public void reset(int stream) throws IOException {
    frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
  }

  /** The headers of a gRPC call, each in full. */
  public static byte[] block(String method) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    header(block, ":method", "POST");
    header(block, ":scheme", "http");
    header(block, ":path", "/" + method);
    header(block, ":authority", "localhost");
    header(block, "te", "trailers");
    header(block, "content-type", "application/grpc");
    return block.toByteArray();
  }

  /** Adds a header in full, its texts of at most 126 bytes. */
  public static void header(ByteArrayOutputStream block, String name, String value)
      throws IOException {
    block.write(0);
    for (String text : new String[] {name, value}) {
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      block.write(bytes.length);
      block.write(bytes);
    }
  }

  public void flush() throws IOException {
    out.flush();
  }

  /**
   * Waits for the next frame; empty where the connection has ended.
   *
   * @throws UncheckedIOException if nothing comes
   */
  public Optional<Frame> read() {
    try {
      byte[] header = in.readNBytes(HEADER);
      if (header.length < HEADER) {
        return Optional.empty();
      }
      ByteBuffer fields = ByteBuffer.wrap(header);
      int length = (fields.get() & 0xff) << 16 | (fields.getShort() & 0xffff);
      int type = fields.get();
      int flags = fields.get();
      int stream = fields.getInt();
      byte[] payload = in.readNBytes(length);
      return payload.length < length
          ? Optional.empty()
          : Optional.of(
              new Frame(type, flags, stream, new String(payload, StandardCharsets.ISO_8859_1)));
    } catch (SocketTimeoutException nothing) {
      throw new UncheckedIOException(nothing);
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  /** Reads until the other side has taken in all that was written, or has hung up; all texts. */
  public String readUntilTaken() throws IOException {
    frame(PING, 0, 0, new byte[Long.BYTES]);
    flush();
    StringBuilder said = new StringBuilder();
    Optional<Frame> frame = read();
    while (frame.isPresent() && !(frame.get().type() == PING && frame.get().flags() == ACK)) {
      said.append(frame.get().text());
      frame = read();
    }
    return said.toString();
  }

  /** Waits for a frame that ends a stream; empty where the connection has ended before. */
  public Optional<Frame> readEnd(int stream) {
    Optional<Frame> frame = read();
    while (frame.isPresent()
        && !(frame.get().stream() == stream
            && (frame.get().isEnd() || frame.get().type() == RST_STREAM))) {
      frame = read();
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
