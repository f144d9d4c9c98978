package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.alta.core.life.Listen;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.testing.http2.RawHttp2;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not send what they began, or do not read what they asked for. */
@Timeout(120)
final class LingeringIT {
  private static final String PREDICT =
      ReadmissionServiceGrpc.getPredictMethod().getFullMethodName();
  private static final int NO_WINDOW = 0;
  private static final int ANY_WINDOW = 1 << 20;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ConnectionThreads connections = new ConnectionThreads();
  private Server server;
  private ManagedChannel channel;

  /** Answers at once. */
  private static final class Service extends ReadmissionServiceGrpc.ReadmissionServiceImplBase {
    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> reply) {
      reply.onNext(PredictResponse.newBuilder().setPrediction("NO").build());
      reply.onCompleted();
    }
  }

  @BeforeEach
  void start() throws Exception {
    CallLimits limits =
        new CallLimits(
            List.of(ReadmissionServiceGrpc.getPredictMethod()),
            method -> false,
            List.of(PREDICT),
            method -> {},
            metrics,
            Duration.ofMillis(100));
    NettyServerBuilder builder = NettyServerBuilder.forAddress(Listen.onLoopback(0).address());
    connections.serve(builder, limits);
    server =
        builder
            .directExecutor()
            .addStreamTracerFactory(limits.tracers())
            .intercept(limits.interceptor())
            .addService(new Service())
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    server.shutdownNow().awaitTermination();
    connections.close();
  }

  @Test
  void endsCallsWhoseRequestsDoNotCome() throws Exception {
    try (RawHttp2 client = RawHttp2.open(server.getPort(), ANY_WINDOW)) {
      // Those beyond are refused, once their requests have come.
      int calls = limit() + 50;
      for (int i = 0; i < calls; i++) {
        client.call(1 + 2 * i, PREDICT);
      }
      client.flush();
      StringBuilder said = new StringBuilder();
      int ended = 0;
      while (ended < calls) {
        Optional<RawHttp2.Frame> frame = client.read();
        assertThat(frame).isPresent();
        said.append(frame.get().text());
        ended += frame.get().isEnd() && frame.get().stream() > 0 ? 1 : 0;
      }
      assertThat(said).contains("the request did not come whole in time");
    }
    awaitAnAnswer();
  }

  @Test
  void servesOthersWhereAnswersAreNotRead() throws Exception {
    try (RawHttp2 client = RawHttp2.open(server.getPort(), NO_WINDOW)) {
      for (int i = 0; i < limit(); i++) {
        client.call(1 + 2 * i, PREDICT);
        client.message(1 + 2 * i, new byte[0]);
      }
      client.flush();
      // They are let in, and stay: none of their answers has gone out when all of the others' have.
      awaitAnAnswer();
    }
  }

  private int limit() {
    return (int) metrics.get("predict.limit").tag("method", "Predict").gauge().value();
  }

  /** Refused as long as all permits are held. */
  private void awaitAnAnswer() throws InterruptedException {
    Status.Code code = Status.Code.RESOURCE_EXHAUSTED;
    while (code == Status.Code.RESOURCE_EXHAUSTED) {
      ListenableFuture<PredictResponse> call =
          ReadmissionServiceGrpc.newFutureStub(channel)
              .predict(PredictRequest.getDefaultInstance());
      try {
        assertThat(call.get().getPrediction()).isEqualTo("NO");
        code = Status.Code.OK;
      } catch (ExecutionException refused) {
        code = Status.fromThrowable(refused).getCode();
      }
    }
    assertThat(code).isEqualTo(Status.Code.OK);
  }
}
