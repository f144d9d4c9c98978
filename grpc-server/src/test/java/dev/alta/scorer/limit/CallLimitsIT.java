package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import dev.alta.core.life.Listen;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class CallLimitsIT {
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Waiting service = new Waiting();
  private Server server;
  private ManagedChannel channel;

  /** Answers predictions once it is told to, and all else at once. */
  private static final class Waiting extends ReadmissionServiceGrpc.ReadmissionServiceImplBase {
    private final Queue<StreamObserver<PredictResponse>> waiting = new ConcurrentLinkedQueue<>();

    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> reply) {
      waiting.add(reply);
    }

    @Override
    public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> reply) {
      reply.onNext(GetModelResponse.getDefaultInstance());
      reply.onCompleted();
    }

    void answerAll() {
      for (var reply = waiting.poll(); reply != null; reply = waiting.poll()) {
        reply.onNext(PredictResponse.getDefaultInstance());
        reply.onCompleted();
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    CallLimits limits = new CallLimits(List.of(ReadmissionServiceGrpc.getPredictMethod()), metrics);
    server =
        NettyServerBuilder.forAddress(Listen.onLoopback(0).address())
            .directExecutor()
            .addStreamTracerFactory(limits.tracers())
            .intercept(limits.interceptor())
            .addService(service)
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    server.shutdownNow().awaitTermination();
  }

  @Test
  void refusesTheSurplusWhileTheOthersAreUnderWayAndTakesCallsAgainOnceTheyAreAnswered()
      throws Exception {
    int limit = (int) metrics.get("predict.limit").gauge().value();
    var client = ReadmissionServiceGrpc.newFutureStub(channel);
    List<ListenableFuture<PredictResponse>> calls = new ArrayList<>();
    for (int i = 0; i < limit + 50; i++) {
      calls.add(client.predict(PredictRequest.getDefaultInstance()));
    }

    // Which of them are refused is not told by their order: calls made before the connection is
    // there start on whichever thread finds it first.
    while (calls.stream().filter(ListenableFuture::isDone).count() < 50) {
      Thread.onSpinWait();
    }
    List<ListenableFuture<PredictResponse>> surplus =
        calls.stream().filter(ListenableFuture::isDone).toList();
    assertThat(surplus)
        .allSatisfy(
            refused ->
                assertThatThrownBy(refused::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        cause ->
                            assertThat(cause.getStatus().getCode())
                                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED)));
    assertThat(metrics.get("predict.shed").counter().count()).isEqualTo(50);
    calls.removeIf(ListenableFuture::isDone);
    assertThat(calls).hasSize(limit).noneMatch(ListenableFuture::isDone);
    service.answerAll();
    for (ListenableFuture<PredictResponse> admitted : calls) {
      assertThat(admitted.get(20, TimeUnit.SECONDS)).isNotNull();
    }
    ListenableFuture<PredictResponse> another = client.predict(PredictRequest.getDefaultInstance());
    while (!another.isDone()) {
      service.answerAll();
      Thread.onSpinWait();
    }
    assertThat(another.get()).isNotNull();
  }

  @Test
  void letsMethodsThroughThatAreNotLimited() {
    int limit = (int) metrics.get("predict.limit").gauge().value();
    var client = ReadmissionServiceGrpc.newFutureStub(channel);
    for (int i = 0; i < limit + 1; i++) {
      ListenableFuture<PredictResponse> unused =
          client.predict(PredictRequest.getDefaultInstance());
    }

    assertThat(
            ReadmissionServiceGrpc.newBlockingStub(channel)
                .getModel(GetModelRequest.getDefaultInstance()))
        .isNotNull();
  }
}
