package dev.alta.scorer.limit;

import dev.alta.fuzz.Expect;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2SettingsFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameStream;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ResetFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Makes calls, and counts their ends. */
final class Http2Client extends Http2ChannelDuplexHandler {
  // Of a client that takes back more than so many, Netty's own service wants no more.
  private static final int MOST_RESETS = 100;
  private static final int[] TABLES = {0, 100, 4_096, 8_192};
  private static final int[] WINDOWS = {1_000, 65_535, 1 << 20};

  private final Map<Http2FrameStream, Integer> ends = new HashMap<>();
  // Those that go on; a client may go on after its call was refused.
  private final List<Http2FrameStream> open = new ArrayList<>();
  private final List<Http2FrameStream> takenBack = new ArrayList<>();
  private @Nullable ChannelHandlerContext context;
  private int table = -1;

  @Override
  protected void handlerAdded0(ChannelHandlerContext added) {
    context = added;
  }

  int calls() {
    return ends.size();
  }

  private void write(Object frame) {
    ChannelHandlerContext there = context;
    if (there != null) {
      Future<?> unused = there.write(frame);
    }
  }

  /** Begins a call, with a header of so many characters. */
  void open(String method, boolean isEnded, int longHeader) {
    Http2FrameStream stream = newStream();
    DefaultHttp2Headers headers = new DefaultHttp2Headers();
    headers.method("POST").scheme("http").authority("a.example").path("/" + method);
    headers.add("te", "trailers").add("content-type", "application/grpc");
    if (longHeader > 0) {
      headers.add("x-long", "x".repeat(longHeader));
    }
    ends.put(stream, 0);
    write(new DefaultHttp2HeadersFrame(headers, isEnded).stream(stream));
    if (!isEnded) {
      open.add(stream);
    }
  }

  private @Nullable Http2FrameStream one(int which) {
    return open.isEmpty() ? null : open.get(which % open.size());
  }

  void data(int which, int bytes, boolean isEnd) {
    Http2FrameStream stream = one(which);
    if (stream != null) {
      write(
          new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(new byte[bytes]), isEnd).stream(stream));
      if (isEnd) {
        open.remove(stream);
      }
    }
  }

  void trailers(int which) {
    Http2FrameStream stream = one(which);
    if (stream != null) {
      DefaultHttp2Headers trailers = new DefaultHttp2Headers();
      trailers.add("x-checksum", "12");
      write(new DefaultHttp2HeadersFrame(trailers, true).stream(stream));
      open.remove(stream);
    }
  }

  void reset(int which) {
    Http2FrameStream stream = one(which);
    if (stream != null && takenBack.size() < MOST_RESETS) {
      write(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(stream));
      open.remove(stream);
      takenBack.add(stream);
    }
  }

  void ping() {
    write(new DefaultHttp2PingFrame(1));
  }

  /** The table's size changes once only: Netty's codecs do not understand each other otherwise. */
  void settings(int which) {
    table = table < 0 ? TABLES[which % TABLES.length] : table;
    Http2Settings settings = new Http2Settings();
    settings.headerTableSize(table);
    settings.initialWindowSize(WINDOWS[which % WINDOWS.length]);
    write(new DefaultHttp2SettingsFrame(settings));
  }

  void endAll() {
    while (!open.isEmpty()) {
      data(0, 1, true);
    }
  }

  /** One end of each call, but of those that were taken back. */
  void requireAnswers() {
    ends.forEach(
        (stream, found) -> {
          boolean holds = takenBack.contains(stream) ? found <= 1 : found == 1;
          Expect.that(holds, found + " answers to call " + stream.id() + " of " + ends.size());
        });
  }

  @Override
  public void channelRead(ChannelHandlerContext there, Object message) {
    if (message instanceof Http2HeadersFrame headers) {
      CharSequence status = headers.headers().get("grpc-status");
      Expect.that(headers.isEndStream(), "headers that end nothing");
      Expect.that("0".contentEquals(status) || "8".contentEquals(status), "grpc-status " + status);
      ended(headers.stream());
    } else if (message instanceof Http2ResetFrame reset) {
      throw new AssertionError("call " + reset.stream().id() + " was reset: " + reset.errorCode());
    } else if (message instanceof Http2GoAwayFrame farewell) {
      throw new AssertionError(
          "the service goes away: "
              + farewell.errorCode()
              + " "
              + farewell.content().toString(StandardCharsets.UTF_8));
    }
    boolean unused = ReferenceCountUtil.release(message);
  }

  private void ended(Http2FrameStream stream) {
    Integer before = ends.merge(stream, 1, Integer::sum);
    Expect.that(before != null, "an answer to nothing");
  }
}
