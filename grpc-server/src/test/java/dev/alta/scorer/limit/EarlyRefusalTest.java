package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.ByteBufUtil;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EarlyRefusalTest {
  private static final String LIMITED = "a.Service/Quick";
  private static final String OTHER = "a.Service/Other";
  private static final byte[] SETTINGS_OF_TABLE = {0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0};
  private static final byte[] ACK = {0, 0, 0, 4, 1, 0, 0, 0, 0};

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Integer> refused = new ArrayList<>();
  private final ByteBuf passed = Unpooled.buffer();
  private final SplittableRandom random = new SplittableRandom(1);
  private long now = TimeUnit.HOURS.toNanos(1);
  private long callTakes;
  private boolean acknowledges;
  // Behind the preface.
  private int nextFrame = 24;

  EarlyRefusalTest() {
    LoopTurns turns = new LoopTurns(channel.eventLoop(), () -> now, () -> now);
    channel
        .pipeline()
        .addLast(new EarlyRefusal(new HeaderBlock(List.of(LIMITED)), turns, refused::add))
        .addLast(new Service(turns));
    comes(
        Unpooled.wrappedBuffer(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    comes(frame(4, 0, 0, Unpooled.EMPTY_BUFFER));
    forgetPassed();
  }

  /** Sees what gRPC would see, and takes some time for it. */
  private final class Service extends ChannelInboundHandlerAdapter {
    private final LoopTurns turns;

    Service(LoopTurns turns) {
      this.turns = turns;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      passed.writeBytes(bytes);
      bytes.release();
      while (nextFrame + Frames.HEADER <= passed.writerIndex()) {
        if (Frames.type(passed, nextFrame) == Frames.HEADERS) {
          // As the interceptor of each call does.
          boolean unused = turns.isOver();
          now += callTakes;
        }
        if (acknowledges && Frames.type(passed, nextFrame) == Frames.SETTINGS) {
          Future<?> unused = context.write(Unpooled.wrappedBuffer(ACK));
        }
        nextFrame += Frames.HEADER + Frames.length(passed, nextFrame);
      }
    }
  }

  @Test
  void passesEverythingOnWhereThereIsNoOverload() throws Exception {
    ByteBuf all = Unpooled.buffer();
    for (int i = 0; i < 50; i++) {
      all.writeBytes(call(1 + 2 * i, i % 2 == 0 ? LIMITED : OTHER));
    }
    comesInPieces(all.copy(), 60);
    assertThat(passed).isEqualTo(all);
    assertThat(refused).isEmpty();
    assertThat(sent()).isEqualTo(Unpooled.EMPTY_BUFFER);
  }

  @Test
  void asksForHeadersWithoutATableAndKeepsTheAnswerToItself() throws Exception {
    overload();
    comes(call(1101, OTHER));
    assertThat(sent().slice(0, SETTINGS_OF_TABLE.length))
        .isEqualTo(Unpooled.wrappedBuffer(SETTINGS_OF_TABLE));
    forgetPassed();
    comes(Unpooled.wrappedBuffer(ACK));
    assertThat(passed.readableBytes()).isZero();
    comes(Unpooled.wrappedBuffer(ACK));
    assertThat(passed).isEqualTo(Unpooled.wrappedBuffer(ACK));
  }

  @Test
  void refusesNothingBeforeTheClientHasGivenTheTableUp() throws Exception {
    overload();
    comes(call(1101, OTHER));
    comes(Unpooled.wrappedBuffer(ACK));
    forgetPassed();
    ByteBuf calls = Unpooled.buffer();
    for (int i = 0; i < 80; i++) {
      calls.writeBytes(call(1103 + 2 * i, LIMITED));
    }
    comes(calls.copy());
    assertThat(passed).isEqualTo(calls);
    assertThat(refused).isEmpty();
  }

  @Test
  void refusesWhatComesTooLateAndNothingElse() throws Exception {
    overloadWithoutTable();
    ByteBuf calls = Unpooled.buffer();
    for (int i = 0; i < 200; i++) {
      calls.writeBytes(call(1201 + 4 * i, LIMITED)).writeBytes(call(1203 + 4 * i, OTHER));
    }
    comesInPieces(calls, 20_000);

    List<Integer> streams = streams(passed);
    assertThat(streams).filteredOn(stream -> stream % 4 == 3).hasSize(2 * 200);
    assertThat(streams).filteredOn(stream -> stream % 4 == 1).hasSizeLessThan(2 * 200);
    assertThat(refused).hasSizeGreaterThan(10).containsOnly(0);
    assertThat(streams.size() / 2 + refused.size()).isEqualTo(400);
    assertStatuses(sent(), refused.size());
  }

  @Test
  void givesBackTheWindowOfWhatItLeavesOut() throws Exception {
    overloadWithoutTable();
    for (int i = 0; i < 40; i++) {
      ByteBuf calls = Unpooled.buffer();
      for (int j = 0; j < 100; j++) {
        calls.writeBytes(call(1201 + 200 * i + 2 * j, LIMITED));
      }
      comes(calls);
    }
    ByteBuf sent = sent();
    long returned = 0;
    for (int at = 0; at < sent.writerIndex(); at += Frames.HEADER + Frames.length(sent, at)) {
      returned += Frames.type(sent, at) == Frames.WINDOW_UPDATE ? sent.getInt(at + 9) : 0;
    }
    assertThat(refused).hasSizeGreaterThan(900);
    assertThat(returned).isBetween(100L * refused.size() - (1 << 16), 100L * refused.size());
  }

  @Test
  void keepsLaterFramesOfARefusedCallToItself() throws Exception {
    overloadWithoutTable();
    ByteBuf calls = Unpooled.buffer();
    for (int i = 0; i < 100; i++) {
      calls.writeBytes(call(1201 + 2 * i, LIMITED));
    }
    comes(calls);
    forgetPassed();
    comes(frame(Frames.WINDOW_UPDATE, 0, 1_399, Unpooled.copyInt(10)));
    comes(frame(Frames.RST_STREAM, 0, 1_399, Unpooled.copyInt(8)));
    assertThat(passed.readableBytes()).isZero();
  }

  @Test
  void keepsWhatEndsARefusedCallToItself() throws Exception {
    overloadWithoutTable();
    ByteBuf calls = Unpooled.buffer();
    for (int i = 0; i < 100; i++) {
      calls.writeBytes(frame(Frames.HEADERS, Frames.END_HEADERS, 1201 + 2 * i, block(LIMITED)));
    }
    comes(calls);
    assertThat(refused).isNotEmpty();
    forgetPassed();
    ByteBuf trailers = Unpooled.buffer();
    new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.ALWAYS_SENSITIVE, false)
        .encodeHeaders(1, new DefaultHttp2Headers().add("x-checksum", "12"), trailers);
    comes(frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1_399, trailers));
    assertThat(passed.readableBytes()).isZero();
  }

  @Test
  void doesNotGatherAFrameThatIsTooLong() {
    ByteBuf part = Unpooled.buffer();
    Frames.write(part, 1 << 20, Frames.HEADERS, Frames.END_HEADERS, 1).writeZero(100);
    comes(part.copy());
    assertThat(passed).isEqualTo(part);
    comes(Unpooled.buffer().writeZero(1_000));
    assertThat(passed.readableBytes()).isEqualTo(part.readableBytes() + 1_000);
  }

  /** What was refused is answered as was agreed before the client's new settings. */
  @Test
  void answersInFrontOfWhatNewSettingsChange() throws Exception {
    overloadWithoutTable();
    acknowledges = true;
    ByteBuf calls = Unpooled.buffer();
    for (int i = 0; i < 100; i++) {
      calls.writeBytes(call(1201 + 2 * i, LIMITED));
    }
    comes(calls.writeBytes(frame(Frames.SETTINGS, 0, 0, Unpooled.wrappedBuffer(new byte[6]))));
    ByteBuf sent = sent();
    int at = 0;
    while (Frames.type(sent, at) != Frames.SETTINGS) {
      at += Frames.HEADER + Frames.length(sent, at);
    }
    assertThat(at).isPositive();
    assertThat(at + ACK.length).isEqualTo(sent.writerIndex());
    // From then on others are to write first.
    int before = refused.size();
    comes(Unpooled.wrappedBuffer(call(1401, LIMITED), call(1403, LIMITED)));
    assertThat(refused).hasSize(before);
  }

  @Test
  void letsClientsUseATableAgainOnceTheStrainIsOver() throws Exception {
    overloadWithoutTable();
    callTakes = 0;
    now += TimeUnit.SECONDS.toNanos(60);
    comes(call(1301, LIMITED));
    comes(call(1303, LIMITED));
    ByteBuf sent = sent();
    assertThat(sent.getInt(sent.writerIndex() - 4)).isEqualTo(4_096);
    assertThat(streams(passed)).contains(1_301, 1_303);
  }

  /** Turns of many calls that each take a millisecond. */
  private void overload() throws Exception {
    callTakes = TimeUnit.MILLISECONDS.toNanos(1);
    for (int turn = 0; turn < 40; turn++) {
      ByteBuf calls = Unpooled.buffer();
      for (int i = 0; i < 80; i++) {
        calls.writeBytes(call(1 + 14 * turn + 2 * i, OTHER));
      }
      comes(calls);
    }
    // An answer, as the service would write it.
    channel.writeOutbound(frame(Frames.HEADERS, 4, 1, Unpooled.EMPTY_BUFFER));
  }

  private void overloadWithoutTable() throws Exception {
    overload();
    comes(Unpooled.wrappedBuffer(ACK));
    ByteBuf block = Unpooled.buffer().writeByte(0x20).writeBytes(block(OTHER));
    comes(frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1_103, block));
    ByteBuf unused = sent();
    forgetPassed();
  }

  private void forgetPassed() {
    passed.clear();
    nextFrame = 0;
  }

  private void comes(ByteBuf bytes) {
    channel.writeInbound(bytes);
    channel.runPendingTasks();
  }

  private void comesInPieces(ByteBuf bytes, int largest) {
    while (bytes.isReadable()) {
      int some = Math.min(bytes.readableBytes(), 1 + random.nextInt(largest));
      Future<?> unused = channel.writeOneInbound(bytes.readBytes(some));
    }
    bytes.release();
    channel.flushInbound();
    channel.runPendingTasks();
  }

  /** All that has gone to the client. */
  private ByteBuf sent() {
    ByteBuf all = Unpooled.buffer();
    ByteBuf some = channel.readOutbound();
    while (some != null) {
      all.writeBytes(some);
      some.release();
      some = channel.readOutbound();
    }
    return all;
  }

  private static void assertStatuses(ByteBuf frames, int count) throws Exception {
    DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(true);
    int found = 0;
    for (int at = 0; at < frames.writerIndex(); at += Frames.HEADER + Frames.length(frames, at)) {
      if (Frames.type(frames, at) == Frames.HEADERS) {
        assertThat(Frames.flags(frames, at)).isEqualTo(Frames.END_STREAM | Frames.END_HEADERS);
        Http2Headers headers =
            decoder.decodeHeaders(
                Frames.stream(frames, at),
                frames.slice(at + Frames.HEADER, Frames.length(frames, at)));
        assertThat(headers.status()).hasToString("200");
        assertThat(headers.get("grpc-status")).hasToString("8");
        assertThat(headers.get("grpc-message")).asString().contains("try again later");
        found++;
      }
    }
    assertThat(found).isEqualTo(count);
  }

  /** The stream of each frame. */
  private static List<Integer> streams(ByteBuf frames) {
    List<Integer> streams = new ArrayList<>();
    for (int at = 0; at < frames.writerIndex(); at += Frames.HEADER + Frames.length(frames, at)) {
      streams.add(Frames.stream(frames, at));
    }
    return streams;
  }

  private static ByteBuf call(int stream, String method) throws Exception {
    ByteBuf message = Unpooled.wrappedBuffer(new byte[100]);
    return Unpooled.wrappedBuffer(
        frame(Frames.HEADERS, Frames.END_HEADERS, stream, block(method)),
        frame(Frames.DATA, Frames.END_STREAM, stream, message));
  }

  private static ByteBuf block(String method) throws Exception {
    ByteBuf block = Unpooled.buffer();
    new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.ALWAYS_SENSITIVE, false)
        .encodeHeaders(1, new DefaultHttp2Headers().method("POST").path("/" + method), block);
    return block;
  }

  private static ByteBuf frame(int type, int flags, int stream, ByteBuf payload) {
    ByteBuf frame = Unpooled.buffer();
    Frames.write(frame, payload.readableBytes(), type, flags, stream).writeBytes(payload);
    assertThat(ByteBufUtil.getBytes(frame)).hasSizeGreaterThanOrEqualTo(Frames.HEADER);
    return frame;
  }
}
