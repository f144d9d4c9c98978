package dev.alta.loadtest.scorer;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.testing.http2.RawHttp2;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a client does to a scorer, on one thread, until it is told to stop. */
enum Attack {
  IDLE_CONNECTIONS(1) {
    @Override
    void run(Aim aim) throws IOException {
      List<RawHttp2> idle = new ArrayList<>();
      while (idle.size() < IDLE && !aim.isOver()) {
        idle.add(aim.connect(ANY_WINDOW));
        aim.count(1);
      }
      rest(aim);
      close(idle);
    }
  },
  RAPID_RESET(4) {
    @Override
    void run(Aim aim) throws IOException {
      try (RawHttp2 connection = aim.connect(ANY_WINDOW)) {
        for (int stream = 1; !aim.isOver() && stream > 0; stream += 2) {
          connection.call(stream, PREDICT);
          connection.reset(stream);
          aim.count(1);
        }
      }
    }
  },
  ENDLESS_HEADERS(4) {
    @Override
    void run(Aim aim) throws IOException {
      ByteArrayOutputStream more = new ByteArrayOutputStream();
      RawHttp2.header(more, "x-more", "x".repeat(100));
      try (RawHttp2 connection = aim.connect(ANY_WINDOW)) {
        connection.frame(RawHttp2.HEADERS, 0, 1, RawHttp2.block(PREDICT));
        while (!aim.isOver()) {
          connection.frame(RawHttp2.CONTINUATION, 0, 1, more.toByteArray());
          aim.count(1);
        }
      }
    }
  },
  LARGE_HEADERS(4) {
    @Override
    void run(Aim aim) throws IOException {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.writeBytes(RawHttp2.block(PREDICT));
      for (int i = 0; i < 100; i++) {
        RawHttp2.header(block, "x-" + i, "x".repeat(100));
      }
      try (RawHttp2 connection = aim.connect(ANY_WINDOW)) {
        for (int stream = 1; !aim.isOver() && stream > 0; stream += 2) {
          connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, block.toByteArray());
          connection.flush();
          Optional<RawHttp2.Frame> end = connection.readEnd(stream);
          if (end.isEmpty()) {
            return;
          }
          aim.count(1);
        }
      }
    }
  },
  GIANT_MESSAGES(8) {
    @Override
    void run(Aim aim) throws IOException {
      byte[] message =
          PredictBatchRequest.newBuilder()
              .addAllEncounters(Collections.nCopies(2_000_000, Encounter.getDefaultInstance()))
              .build()
              .toByteArray();
      aim.callUntilOver(BATCH, ByteString.copyFrom(message));
    }
  },
  LARGEST_BATCHES(64) {
    @Override
    void run(Aim aim) throws IOException {
      aim.callUntilOver(BATCH, aim.largestBatch());
    }
  },
  CALLS_NEVER_SENT(8) {
    @Override
    void run(Aim aim) throws IOException {
      open(aim, ANY_WINDOW, PREDICT, false);
    }
  },
  STREAMS_NEVER_CLOSED(8) {
    @Override
    void run(Aim aim) throws IOException {
      open(aim, ANY_WINDOW, STREAM, false);
    }
  },
  ANSWERS_NEVER_READ(8) {
    @Override
    void run(Aim aim) throws IOException {
      open(aim, NO_WINDOW, PREDICT, true);
    }
  },
  SLOW_WRITERS(1) {
    @Override
    void run(Aim aim) throws IOException {
      List<RawHttp2> slow = new ArrayList<>();
      byte[] one = {1};
      while (slow.size() < SLOW && !aim.isOver()) {
        RawHttp2 connection = aim.connect(ANY_WINDOW);
        connection.call(1, PREDICT);
        connection.flush();
        slow.add(connection);
        aim.count(1);
      }
      while (!aim.isOver()) {
        for (RawHttp2 connection : slow) {
          connection.frame(RawHttp2.DATA, 0, 1, one);
          connection.flush();
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
      close(slow);
    }
  };

  private static final String PREDICT =
      ReadmissionServiceGrpc.getPredictMethod().getFullMethodName();
  private static final String STREAM =
      ReadmissionServiceGrpc.getPredictStreamMethod().getFullMethodName();
  private static final String BATCH =
      ReadmissionServiceGrpc.getPredictBatchMethod().getFullMethodName();
  private static final int ANY_WINDOW = 1 << 20;
  private static final int NO_WINDOW = 0;
  private static final int IDLE = 10_000;
  private static final int SLOW = 1_000;
  private static final int CALLS_OF_A_CONNECTION = 5_000;

  private final int threads;

  Attack(int threads) {
    this.threads = threads;
  }

  /** On how many threads it is done at the same time. */
  int threads() {
    return threads;
  }

  /** Does it once, or until it is over; again if there is time left. */
  abstract void run(Aim aim) throws IOException;

  /** As many calls as a connection may have, which then stay. */
  private static void open(Aim aim, int window, String method, boolean isSent) throws IOException {
    try (RawHttp2 connection = aim.connect(window)) {
      for (int call = 0; call < CALLS_OF_A_CONNECTION && !aim.isOver(); call++) {
        connection.call(1 + 2 * call, method);
        if (isSent) {
          connection.message(1 + 2 * call, aim.encounter());
        }
        aim.count(1);
      }
      connection.flush();
      rest(aim);
    }
  }

  private static void rest(Aim aim) {
    while (!aim.isOver()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static void close(List<RawHttp2> connections) throws IOException {
    for (RawHttp2 connection : connections) {
      connection.close();
    }
  }
}
