package dev.alta.scorer.limit;

import dev.alta.fuzz.Choices;
import dev.alta.fuzz.Expect;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Settings;
import java.util.List;
import java.util.concurrent.Future;

/**
 * A client that does anything that HTTP/2 allows, in any order and in any pieces, and a service
 * behind {@link EarlyRefusal} that is overloaded now and then. Both are Netty's own codecs: neither
 * may complain, and each call gets one answer or one refusal.
 */
public final class Http2CallsTarget {
  private static final String LIMITED = "a.Service/Quick";
  private static final int LARGEST_HEADERS = 1 << 16;
  private static final int MOST_OPERATIONS = 200;
  private static final int MOST_CALLS = 1_500;
  private static final int MANY = 100;
  private static final int ROUNDS = 8;

  private final EmbeddedChannel server = new EmbeddedChannel();
  private final Overload overload = new Overload(server);
  private final Http2Client client = new Http2Client();
  private final EmbeddedChannel clientChannel;
  private long callTakes;

  private Http2CallsTarget() {
    server
        .pipeline()
        .addLast(new EarlyRefusal(new HeaderBlock(List.of(LIMITED)), overload.turns, method -> {}))
        .addLast(
            Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings().maxHeaderListSize(LARGEST_HEADERS))
                .build())
        .addLast(new Http2Service(this::called));
    clientChannel = new EmbeddedChannel(Http2FrameCodecBuilder.forClient().build(), client);
  }

  private void called() {
    boolean unused = overload.turns.isOver();
    overload.pass(callTakes);
  }

  public static List<byte[]> seeds() {
    return List.of(
        // Calls of both kinds, ended at once, later, by trailers, by a reset.
        new byte[] {0, 2, 9, 1, 3, 4, 40, 1, 9, 1, 3, 5, 9, 1, 3, 6, 9, 1, 7, 8, 1, 9, 1},
        // Overload, the client gives up its table, many calls, some refused; trailers; calm again.
        new byte[] {
          0, 9, 1, 10, 12, 9, 0, 9, 1, 2, 9, 1, 10, 14, 3, 9, 1, 5, 9, 1, 14, 9, 60, 4, 9, 0, 8, 3,
          9, 1, 11, 0, 9, 1, 0, 9, 1
        });
  }

  public static boolean run(byte[] input) {
    return new Http2CallsTarget().take(new Choices(input));
  }

  private boolean take(Choices choices) {
    exchange(0);
    for (int i = 0; i < MOST_OPERATIONS && choices.hasMore() && client.calls() < MOST_CALLS; i++) {
      operation(choices);
    }
    client.endAll();
    for (int round = 0; round < ROUNDS; round++) {
      exchange(0);
    }
    client.requireAnswers();
    boolean unused = clientChannel.finishAndReleaseAll();
    unused = server.finishAndReleaseAll();
    return client.calls() > 0;
  }

  private void operation(Choices choices) {
    switch (choices.below(15)) {
      case 0 -> client.open(LIMITED, true, 0);
      case 1 -> client.open(LIMITED, false, 0);
      case 2 -> client.open("a.Service/Other", choices.yes(), 0);
      case 3 -> client.open(LIMITED, false, choices.next());
      case 4 -> client.data(choices.next(), 1 + 80 * choices.next(), choices.yes());
      case 5 -> client.trailers(choices.next());
      case 6 -> client.reset(choices.next());
      case 7 -> client.ping();
      case 8 -> client.settings(choices.next());
      case 9 -> exchange(choices.next());
      case 10 -> overload.begin();
      case 11 -> overload.end();
      case 12 -> callTakes = 20_000L * choices.next();
      case 13 -> client.open(LIMITED, choices.yes(), 20_000);
      default -> {
        for (int call = 0; call < MANY; call++) {
          client.open(LIMITED, true, 0);
        }
      }
    }
  }

  /** What either has sent comes to the other one; to the service in pieces, if there is a size. */
  private void exchange(int piece) {
    clientChannel.flush();
    clientChannel.runPendingTasks();
    for (ByteBuf bytes = clientChannel.readOutbound();
        bytes != null;
        bytes = clientChannel.readOutbound()) {
      while (bytes.isReadable()) {
        int some = piece == 0 ? bytes.readableBytes() : Math.min(piece, bytes.readableBytes());
        Future<?> unused = server.writeOneInbound(bytes.readBytes(some));
      }
      bytes.release();
    }
    server.flushInbound();
    server.runPendingTasks();
    server.checkException();
    for (ByteBuf bytes = server.readOutbound(); bytes != null; bytes = server.readOutbound()) {
      Future<?> unused = clientChannel.writeOneInbound(bytes);
    }
    clientChannel.flushInbound();
    clientChannel.runPendingTasks();
    clientChannel.checkException();
    Expect.that(server.isOpen() && clientChannel.isOpen(), "the connection was closed");
  }
}
