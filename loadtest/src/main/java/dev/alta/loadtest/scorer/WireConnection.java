package dev.alta.loadtest.scorer;

import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP/2 connection on which the same gRPC call is made again and again. What is sent is made
 * beforehand, so that a call costs this client a small part of what it costs any server. For one
 * thread; never blocks.
 */
final class WireConnection implements AutoCloseable {
  /** Told of each call that has ended. */
  @FunctionalInterface
  interface Ended {
    /** The call that was due then, by {@link System#nanoTime}, came to this status of gRPC. */
    void call(long due, int status);
  }

  /** A call that the server broke off. */
  static final int RESET = -1;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_HEADER = 9;
  private static final int MOST_UNDER_WAY = 1 << 18;
  private static final int BUFFER = 1 << 20;
  private static final int WINDOW_AT_FIRST = 65_535;
  private static final int LARGEST_WINDOW = Integer.MAX_VALUE;
  private static final int RENEW_WINDOW = 1 << 29;

  private final CallForm form;
  private final SocketChannel socket;
  private final ByteBuffer out = ByteBuffer.allocateDirect(2 * BUFFER);
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);
  private final long[] due = new long[MOST_UNDER_WAY];
  private int nextStream = 1;
  private int underWay;
  private int mostUnderWay = MOST_UNDER_WAY;
  private long window = WINDOW_AT_FIRST;
  private long streamWindow = WINDOW_AT_FIRST;
  private long received;
  private byte[] call;
  private byte[] later;
  private boolean isTableAway;
  private boolean isReady;

  WireConnection(int port, String path, byte[] message) throws IOException {
    this.form = new CallForm("127.0.0.1:" + port, path, message);
    this.call = form.first(false);
    this.later = form.next();
    this.socket = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.configureBlocking(false);
    out.put(PREFACE);
    // No pushes; windows that no answer fills.
    frame(12, 4, 0, 0).putShort((short) 2).putInt(0).putShort((short) 4).putInt(LARGEST_WINDOW);
    frame(4, 8, 0, 0).putInt(LARGEST_WINDOW - WINDOW_AT_FIRST);
  }

  private ByteBuffer frame(int length, int type, int flags, int stream) {
    return out.putInt((length << 8) | type).put((byte) flags).putInt(stream);
  }

  /** Whether the server has said how it wants to be asked. */
  boolean isReady() {
    return isReady;
  }

  /** Makes a call that was due then; false if the server takes in no more now. */
  boolean call(long dueAt) {
    if (underWay >= mostUnderWay
        || window < form.dataBytes()
        || streamWindow < form.dataBytes()
        || out.remaining() < call.length + BUFFER / 2) {
      return false;
    }
    int from = out.position();
    out.put(call);
    CallForm.number(out, from, out.position(), nextStream);
    call = later;
    due[slot(nextStream)] = dueAt;
    nextStream += 2;
    underWay++;
    window -= form.dataBytes();
    return true;
  }

  private static int slot(int stream) {
    return (stream >>> 1) & (MOST_UNDER_WAY - 1);
  }

  /** Sends and receives what can be; true if there was something to receive. */
  boolean exchange(Ended ended) throws IOException {
    send();
    boolean some = false;
    while (socket.read(in) > 0) {
      some = true;
      in.flip();
      receive(ended);
      in.compact();
    }
    send();
    return some;
  }

  private void send() throws IOException {
    if (out.position() > 0) {
      out.flip();
      socket.write(out);
      out.compact();
    }
  }

  private void receive(Ended ended) throws IOException {
    while (in.remaining() >= FRAME_HEADER) {
      int at = in.position();
      int length = in.getInt(at) >>> 8;
      if (in.remaining() < FRAME_HEADER + length) {
        return;
      }
      in.position(at + FRAME_HEADER);
      receive(in.get(at + 3), in.get(at + 4), in.getInt(at + 5), length, ended);
      in.position(at + FRAME_HEADER + length);
    }
  }

  private void receive(byte type, byte flags, int stream, int length, Ended ended)
      throws IOException {
    switch (type) {
      case 0 -> received(length);
      case 1 -> headers(flags, stream, length, ended);
      case 3 -> ended(stream, RESET, ended);
      case 4 -> settings(flags, length);
      case 6 -> ping(flags);
      case 7 -> throw new IOException("the server ended the connection: code " + in.getInt());
      case 8 -> window += stream == 0 ? in.getInt() : 0;
      default -> throw new IOException("frame of type " + type + " (expected: one of an answer)");
    }
  }

  private void received(int bytes) {
    received += bytes;
    if (received > RENEW_WINDOW) {
      frame(4, 8, 0, 0).putInt((int) received);
      received = 0;
    }
  }

  /** Those before an answer are read, too: those behind it may refer to them. */
  private void headers(byte flags, int stream, int length, Ended ended) throws IOException {
    if ((flags & ~1) != 4) {
      throw new IOException("headers with flags " + flags + " (expected: all in one frame)");
    }
    CharSequence status;
    try {
      status =
          headers
              .decodeHeaders(stream, Unpooled.wrappedBuffer(in.slice(in.position(), length)))
              .get("grpc-status");
    } catch (Http2Exception broken) {
      throw new IOException(broken);
    }
    if ((flags & 1) != 0) {
      ended(stream, status == null ? RESET : Integer.parseInt(status.toString()), ended);
    }
  }

  private void ended(int stream, int status, Ended ended) {
    underWay--;
    ended.call(due[slot(stream)], status);
  }

  private void settings(byte flags, int length) {
    if ((flags & 1) != 0) {
      return;
    }
    int end = in.position() + length;
    while (in.position() < end) {
      short which = in.getShort();
      int value = in.getInt();
      switch (which) {
        case 1 -> table(value);
        case 3 -> mostUnderWay = value < 0 ? MOST_UNDER_WAY : Math.min(value, MOST_UNDER_WAY);
        case 4 -> streamWindow = value;
        default -> {
          // Nothing that a call keeps to.
        }
      }
    }
    frame(0, 4, 1, 0);
    isReady = true;
  }

  /** The server keeps a table of so many bytes from now on. */
  private void table(int bytes) {
    if (bytes == 0 && !isTableAway) {
      isTableAway = true;
      call = form.firstLiteral();
      later = form.literal();
    } else if (bytes > 0 && isTableAway) {
      isTableAway = false;
      call = form.first(true);
      later = form.next();
    }
  }

  private void ping(byte flags) {
    if ((flags & 1) == 0) {
      frame(8, 6, 1, 0).putLong(in.getLong());
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
