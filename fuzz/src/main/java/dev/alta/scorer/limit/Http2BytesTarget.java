package dev.alta.scorer.limit;

import dev.alta.fuzz.Choices;
import dev.alta.fuzz.Expect;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.UnpooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Any bytes in front of gRPC, in any pieces. First byte: whether there is overload, and how large
 * the pieces are. All is passed on but what waits for the rest of its frame; under overload whole
 * frames may be left out. Nothing is kept, nothing thrown, and what is answered are frames.
 */
public final class Http2BytesTarget {
  private static final String LIMITED = "a.Service/Quick";
  private static final String OTHER = "a.Service/Other";
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
  private static final byte[] ACK = {0, 0, 0, 4, 1, 0, 0, 0, 0};
  private static final byte[] ANSWER = {0, 0, 1, 1, 5, 0, 0, 0, 1, (byte) 0x88};
  // A frame that is gathered, in a buffer that grows by doubling, and what is read at once.
  private static final long MOST_HELD = 1 << 17;

  private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(false);
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Overload overload = new Overload(channel);
  private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private Http2BytesTarget() {
    channel.config().setAllocator(buffers);
    channel
        .pipeline()
        .addLast(
            new EarlyRefusal(
                new HeaderBlock(List.of(LIMITED)), overload.turns, method -> overload.pass(1_000)))
        .addLast(new Service());
  }

  /** Takes what gRPC would get, and time for each piece. */
  private final class Service extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      byte[] some = new byte[bytes.readableBytes()];
      bytes.readBytes(some);
      bytes.release();
      passed.writeBytes(some);
      overload.pass(some.length * 10_000L);
    }
  }

  public static List<byte[]> seeds() {
    ByteArrayOutputStream calls = new ByteArrayOutputStream();
    for (int stream = 5; stream < 200; stream += 2) {
      calls.writeBytes(frame(Frames.HEADERS, Frames.END_HEADERS, stream, block(LIMITED)));
      calls.writeBytes(frame(Frames.DATA, Frames.END_STREAM, stream, new byte[10]));
    }
    byte[] all = calls.toByteArray();
    return List.of(
        with(0, Arrays.copyOf(all, 400)),
        with(0xff, all),
        with(
            0x11,
            join(
                frame(Frames.HEADERS, 0x2d, 5, join(new byte[] {1, 0, 0, 0, 0, 0}, block(OTHER))),
                frame(9, Frames.END_HEADERS, 5, block(OTHER)),
                SETTINGS,
                frame(Frames.RST_STREAM, 0, 5, new byte[4]))));
  }

  private static byte[] with(int options, byte[] rest) {
    return join(new byte[] {(byte) options}, rest);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteBuf frame = UnpooledByteBufAllocator.DEFAULT.heapBuffer();
    Frames.write(frame, payload.length, type, flags, stream).writeBytes(payload);
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    frame.release();
    return bytes;
  }

  private static byte[] block(String method) {
    ByteBuf block = UnpooledByteBufAllocator.DEFAULT.heapBuffer();
    try {
      new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.ALWAYS_SENSITIVE, false)
          .encodeHeaders(1, new DefaultHttp2Headers().method("POST").path("/" + method), block);
    } catch (Http2Exception impossible) {
      throw new IllegalStateException(impossible);
    }
    byte[] bytes = new byte[block.readableBytes()];
    block.readBytes(bytes);
    block.release();
    return bytes;
  }

  public static boolean run(byte[] input) {
    return new Http2BytesTarget().take(input);
  }

  private boolean take(byte[] input) {
    Choices choices = new Choices(input);
    int options = choices.next();
    boolean isOverloaded = (options & 1) != 0;
    boolean hasPreface = (options & 2) == 0;
    byte[] bytes = choices.rest();
    if (isOverloaded) {
      giveUpTheTable();
    } else if (hasPreface) {
      comes(PREFACE);
    }
    passed.reset();
    int piece = 1 + (options >> 2) * (options >> 2);
    for (int at = 0; at < bytes.length; at += piece) {
      comes(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
      Expect.that(buffers.metric().usedHeapMemory() <= MOST_HELD, "too much is held");
    }
    boolean unused = channel.finishAndReleaseAll();
    Expect.same(buffers.metric().usedHeapMemory(), 0L, "bytes that were not given back");
    requireFrames(sent.toByteArray());
    if (isOverloaded) {
      requireSomeFramesOf(bytes);
    } else if (hasPreface) {
      requireAllButAPartOf(bytes);
    }
    return isOverloaded || passed.size() > 0;
  }

  private void giveUpTheTable() {
    comes(PREFACE);
    comes(SETTINGS);
    overload.begin();
    comes(frame(Frames.HEADERS, 5, 1, block(OTHER)));
    channel.writeOutbound(buffers.heapBuffer().writeBytes(ANSWER));
    comes(ACK);
    comes(frame(Frames.HEADERS, 5, 3, join(new byte[] {0x20}, block(OTHER))));
    overload.begin();
  }

  private void comes(byte[] bytes) {
    Future<?> unused = channel.writeOneInbound(buffers.heapBuffer().writeBytes(bytes));
    channel.flushInbound();
    channel.runPendingTasks();
    channel.checkException();
    ByteBuf some = channel.readOutbound();
    while (some != null) {
      byte[] answer = new byte[some.readableBytes()];
      some.readBytes(answer);
      some.release();
      sent.writeBytes(answer);
      some = channel.readOutbound();
    }
  }

  private static int length(byte[] bytes, int at) {
    return Frames.HEADER
        + ((bytes[at] & 0xff) << 16)
        + ((bytes[at + 1] & 0xff) << 8)
        + (bytes[at + 2] & 0xff);
  }

  private static void requireFrames(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      Expect.that(at + Frames.HEADER <= bytes.length, "a part of a frame was answered");
      at += length(bytes, at);
    }
    Expect.same(at, bytes.length, "the end of the frames that were answered");
  }

  private void requireAllButAPartOf(byte[] bytes) {
    byte[] found = passed.toByteArray();
    Expect.that(
        Arrays.equals(found, Arrays.copyOf(bytes, found.length)), "bytes were changed on the way");
    int at = 0;
    while (at + Frames.HEADER <= bytes.length && at + length(bytes, at) <= bytes.length) {
      at += length(bytes, at);
    }
    Expect.that(found.length >= at, "a whole frame was held back");
  }

  private void requireSomeFramesOf(byte[] bytes) {
    byte[] found = passed.toByteArray();
    int at = 0;
    int from = 0;
    while (at < found.length) {
      Expect.that(from < bytes.length, "passed on what nobody had sent");
      int whole = from + Frames.HEADER <= bytes.length ? length(bytes, from) : Frames.HEADER;
      int end = (int) Math.min(bytes.length, (long) from + whole);
      int some = Math.min(end - from, found.length - at);
      if (Arrays.equals(found, at, at + some, bytes, from, from + some)) {
        at += some;
      }
      from = end;
    }
  }
}
