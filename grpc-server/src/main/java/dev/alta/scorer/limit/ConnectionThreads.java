package dev.alta.scorer.limit;

import dev.alta.core.life.DaemonThreads;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The threads that connections belong to, and what stands at each connection's door. */
public final class ConnectionThreads implements AutoCloseable {
  private static final long LONGEST_STOP_SECONDS = 1;
  // So that what one connection has sent does not keep the others of its loop waiting.
  private static final int READS_IN_A_TURN = 2;
  private static final long BETWEEN_SWEEPS_MILLIS = 500;

  private final EventLoopGroup accepting = group(1, "alta-accept");
  private final EventLoopGroup serving =
      group(2 * Runtime.getRuntime().availableProcessors(), "alta-connection");

  private static EventLoopGroup group(int threads, String name) {
    ThreadFactory factory = DaemonThreads.named(name);
    return Epoll.isAvailable()
        ? new EpollEventLoopGroup(threads, factory)
        : new NioEventLoopGroup(threads, factory);
  }

  /** Gives a server these threads, and limits its connections' calls. */
  public void serve(NettyServerBuilder builder, CallLimits limits) {
    Future<?> unused =
        accepting.scheduleWithFixedDelay(
            limits::sweep, BETWEEN_SWEEPS_MILLIS, BETWEEN_SWEEPS_MILLIS, TimeUnit.MILLISECONDS);
    builder
        .bossEventLoopGroup(accepting)
        .workerEventLoopGroup(serving)
        .withChildOption(
            ChannelOption.RCVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(READS_IN_A_TURN))
        .channelFactory(
            () -> {
              ServerChannel listening =
                  Epoll.isAvailable()
                      ? new EpollServerSocketChannel()
                      : new NioServerSocketChannel();
              listening.pipeline().addLast(new Accepting(limits));
              return listening;
            });
  }

  private static final class Accepting extends ChannelInboundHandlerAdapter {
    private final CallLimits limits;

    Accepting(CallLimits limits) {
      this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) {
      ((Channel) connection).pipeline().addLast(new Connected(limits));
      context.fireChannelRead(connection);
    }
  }

  /**
   * Finds the place where a connection's bytes are those of HTTP/2: behind TLS, if there is any.
   */
  private static final class Connected extends ChannelInboundHandlerAdapter {
    private final CallLimits limits;

    Connected(CallLimits limits) {
      this.limits = limits;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
      String before = tls == null ? context.name() : tls.name();
      context.pipeline().addAfter(before, null, limits.atConnection());
      context.fireChannelActive();
      context.pipeline().remove(this);
    }
  }

  @Override
  public void close() {
    stop(accepting);
    stop(serving);
  }

  private static void stop(EventLoopGroup threads) {
    Future<?> unused = threads.shutdownGracefully(0, LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
  }
}
