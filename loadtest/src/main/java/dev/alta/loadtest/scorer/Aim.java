package dev.alta.loadtest.scorer;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.testing.http2.RawHttp2;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A scorer that is attacked, what with, and what came of it. */
final class Aim {
  private static final int LARGEST_BATCH = 4_096;
  private static final int LARGEST_ANSWER = 64 << 20;

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] message) {
          return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream answer) {
          try {
            return answer.readAllBytes();
          } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
          }
        }
      };

  private final int port;
  private final byte[] encounter;
  private final ByteString largestBatch;
  private final long end;
  private final LongAdder done = new LongAdder();
  private final LongAdder connections = new LongAdder();
  private final Map<Status.Code, LongAdder> codes = new ConcurrentHashMap<>();

  Aim(int port, BenchRows rows, long end) {
    this.port = port;
    this.end = end;
    this.encounter =
        PredictRequest.newBuilder().setEncounter(rows.encounters().get(0)).build().toByteArray();
    PredictBatchRequest.Builder batch = PredictBatchRequest.newBuilder();
    for (int i = 0; i < LARGEST_BATCH; i++) {
      batch.addEncounters(rows.encounters().get(i % rows.encounters().size()));
    }
    this.largestBatch = batch.build().toByteString();
  }

  boolean isOver() {
    return System.nanoTime() - end > 0;
  }

  RawHttp2 connect(int window) throws IOException {
    connections.increment();
    return RawHttp2.open(port, window);
  }

  void count(int some) {
    done.add(some);
  }

  byte[] encounter() {
    return encounter;
  }

  ByteString largestBatch() {
    return largestBatch;
  }

  /** Makes the same call over a connection of its own, again and again. */
  void callUntilOver(String method, ByteString message) {
    MethodDescriptor<byte[], byte[]> asBytes =
        MethodDescriptor.newBuilder(BYTES, BYTES)
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method)
            .build();
    byte[] bytes = message.toByteArray();
    connections.increment();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .maxInboundMessageSize(LARGEST_ANSWER)
            .build();
    try {
      while (!isOver()) {
        codes.computeIfAbsent(code(channel, asBytes, bytes), code -> new LongAdder()).increment();
        count(1);
      }
    } finally {
      channel.shutdownNow();
    }
  }

  private static Status.Code code(
      ManagedChannel channel, MethodDescriptor<byte[], byte[]> method, byte[] message) {
    try {
      byte[] unused =
          ClientCalls.blockingUnaryCall(
              channel,
              method,
              CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS),
              message);
      return Status.Code.OK;
    } catch (StatusRuntimeException refused) {
      return refused.getStatus().getCode();
    }
  }

  /** What was done, in words. */
  String outcome() {
    return String.format(
        "%,d on %,d connections%s",
        done.sum(), connections.sum(), codes.isEmpty() ? "" : ": " + new TreeMap<>(codes));
  }
}
