package dev.alta.scorer.limit;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.ChannelDuplexHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import io.grpc.netty.shaded.io.netty.handler.codec.ByteToMessageDecoder;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls on a connection under overload, as they come off the network: to make a call of its
 * bytes, only to refuse it, takes half as long as to answer it. What is refused nobody else sees.
 *
 * <p>A call's headers can be left out only where none behind them refer to them; so a client is
 * asked, by HTTP/2's settings, to send headers in full for as long as the overload lasts. What a
 * client sends before it does so, and that of one that never does, is passed on.
 */
final class EarlyRefusal extends ChannelDuplexHandler {
  private static final int PREFACE = 24;
  // gRPC ends the connection of whoever sends a longer frame; it is not gathered for that.
  private static final int LONGEST_FRAME = 1 << 14;

  private final HeaderBlock methods;
  private final LoopTurns turns;
  private final IntConsumer refused;
  private final LoopTurns.Part part = new LoopTurns.Part();
  private final HeaderTable table = new HeaderTable();
  private final RefusedStreams streams = new RefusedStreams();
  private final OutgoingFrames outgoing = new OutgoingFrames(table);
  private final RefusalFrames replies = new RefusalFrames();
  // Of the bytes to come: the rest of a frame, and whether it is left out.
  private long left = PREFACE;
  private boolean leavesOut;
  private @Nullable ByteBuf held;

  /**
   * Takes its parts.
   *
   * @param refused told of each call's method that is refused, by its number among {@code methods}
   */
  EarlyRefusal(HeaderBlock methods, LoopTurns turns, IntConsumer refused) {
    this.methods = methods;
    this.turns = turns;
    this.refused = refused;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    ByteBuf before = held;
    if (before != null) {
      held = null;
      bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), before, bytes);
    }
    askAboutTable(context);
    turns.read(part);
    new Walk(context, bytes).go();
    turns.read(null);
  }

  private void askAboutTable(ChannelHandlerContext context) {
    boolean without = turns.isStrained();
    if (without ? table.canBeAsked() : table.isGivenUp()) {
      table.ask(without);
      // At once: what the client sends until then comes in front of its answer.
      Future<?> unused = context.writeAndFlush(RefusalFrames.tableSize(context.alloc(), without));
    }
  }

  private void reply(ChannelHandlerContext context) {
    if (replies.isDue()) {
      Future<?> unused = context.write(replies.take(context.alloc()));
      // Once for all that is read in this turn, and for what others write in it.
      context.executor().execute(context::flush);
    }
  }

  /** One pass over bytes that have come. */
  private final class Walk {
    private final ChannelHandlerContext context;
    private final ByteBuf bytes;
    private final int end;
    // What is in front was passed on, or left out.
    private int from;
    private int at;

    Walk(ChannelHandlerContext context, ByteBuf bytes) {
      this.context = context;
      this.bytes = bytes;
      this.from = bytes.readerIndex();
      this.at = from;
      this.end = bytes.writerIndex();
    }

    void go() {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = left > 0 ? rest() : at + Frames.HEADER <= end && frame();
      }
      if (at == end && from == bytes.readerIndex()) {
        pass(bytes);
        return;
      }
      pass();
      if (at < end) {
        held = bytes.retainedSlice(at, end - at);
      }
      bytes.release();
    }

    private boolean rest() {
      int some = (int) Math.min(left, end - at);
      at += some;
      left -= some;
      if (leavesOut) {
        from = at;
      }
      return at < end;
    }

    /** Begins a frame; false if more of it is needed. */
    private boolean frame() {
      int type = Frames.type(bytes, at);
      int flags = Frames.flags(bytes, at);
      int stream = Frames.stream(bytes, at);
      if (type == Frames.HEADERS) {
        return headers(flags, stream);
      }
      boolean isAck = type == Frames.SETTINGS && (flags & Frames.ACK) != 0;
      if (type == Frames.SETTINGS && !isAck) {
        return settings();
      }
      boolean isEnd =
          type == Frames.RST_STREAM || (type == Frames.DATA && (flags & Frames.END_STREAM) != 0);
      boolean isLeftOut =
          isAck ? table.acknowledged() : stream > 0 && streams.leavesOut(stream, isEnd);
      if (isLeftOut && type == Frames.DATA) {
        replies.owe(Frames.length(bytes, at));
      }
      begin(isLeftOut);
      return at < end;
    }

    /** Whether more of a frame has to come before it can be looked at as a whole. */
    private boolean isPart() {
      int length = Frames.length(bytes, at);
      return length <= LONGEST_FRAME && at + Frames.HEADER + length > end;
    }

    /** As a whole, so that nobody writes headers while half of them is known. */
    private boolean settings() {
      if (isPart()) {
        return false;
      }
      // What belongs in front of it is written as was agreed before.
      pass();
      reply(context);
      table.settingsCame();
      begin(false);
      return at < end;
    }

    private void begin(boolean isLeftOut) {
      if (isLeftOut) {
        pass();
      }
      leavesOut = isLeftOut;
      left = Frames.length(bytes, at);
      at += Frames.HEADER;
      if (isLeftOut) {
        from = at;
      }
    }

    private boolean headers(int flags, int stream) {
      if (isPart()) {
        return false;
      }
      int next = Math.min(end, at + Frames.HEADER + Frames.length(bytes, at));
      int block = at + Frames.HEADER + ((flags & Frames.PADDED) != 0 ? 1 : 0);
      block += (flags & Frames.PRIORITY) != 0 ? 5 : 0;
      boolean isChange = block < next && table.headersCame(bytes.getUnsignedByte(block));
      boolean standsAlone = !isChange && (flags & Frames.END_HEADERS) != 0 && table.isGivenUp();
      boolean isEnd = (flags & Frames.END_STREAM) != 0;
      if (standsAlone && streams.isUnended(stream)) {
        // What a client says at the end of a call that was refused.
        begin(streams.leavesOut(stream, isEnd));
        return at < end;
      }
      int method =
          turns.isOverloaded() && standsAlone && table.mayWrite() && streams.canBeRefused(stream)
              ? methods.method(bytes, block, next)
              : HeaderBlock.UNKNOWN;
      if (method != HeaderBlock.UNKNOWN) {
        // What is in front is answered first, so that it is known how long that took.
        pass();
        if (turns.isOver(part)) {
          refuse(method, stream, isEnd);
          begin(true);
          return at < end;
        }
      }
      streams.passed(stream);
      begin(false);
      return at < end;
    }

    private void refuse(int method, int stream, boolean isEnded) {
      streams.refused(stream, isEnded);
      replies.refuse(context.alloc(), stream);
      refused.accept(method);
    }

    private void pass() {
      if (at > from) {
        pass(bytes.retainedSlice(from, at - from));
        from = at;
      }
    }

    private void pass(ByteBuf some) {
      context.fireChannelRead(some);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reply(context);
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    outgoing.see(message);
    Future<?> unused = context.write(message, promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    ByteBuf rest = held;
    held = null;
    if (rest != null) {
      rest.release();
    }
    replies.release();
  }
}
