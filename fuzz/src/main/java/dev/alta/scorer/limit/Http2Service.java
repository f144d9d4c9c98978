package dev.alta.scorer.limit;

import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2DataFrame;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameStream;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2HeadersFrame;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;

/** Answers each call once it has come whole, with gRPC's status OK. */
final class Http2Service extends Http2ChannelDuplexHandler {
  private final Runnable onCall;

  /** Takes what is told of each call that begins. */
  Http2Service(Runnable onCall) {
    this.onCall = onCall;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof Http2HeadersFrame headers) {
      if (headers.headers().path() != null) {
        onCall.run();
      }
      if (headers.isEndStream()) {
        answer(context, headers.stream());
      }
    } else if (message instanceof Http2DataFrame data) {
      Future<?> unused =
          context.write(
              new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes())
                  .stream(data.stream()));
      if (data.isEndStream()) {
        answer(context, data.stream());
      }
      data.release();
    } else {
      boolean unused = ReferenceCountUtil.release(message);
    }
  }

  private static void answer(ChannelHandlerContext context, Http2FrameStream stream) {
    DefaultHttp2Headers headers = new DefaultHttp2Headers();
    headers.status("200").add("content-type", "application/grpc").add("grpc-status", "0");
    Future<?> unused = context.write(new DefaultHttp2HeadersFrame(headers, true).stream(stream));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }
}
