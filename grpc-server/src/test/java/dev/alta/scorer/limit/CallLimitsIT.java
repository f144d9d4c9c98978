package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.alta.core.life.Listen;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CallLimitsIT {
  private static final MethodDescriptor<?, ?> EXPLAIN = ReadmissionServiceGrpc.getExplainMethod();
  // And more than are answered in any case.
  private static final int WITHIN_ANY_LIMIT = 60;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Waiting service = new Waiting();
  private final EventLoopGroup clientThreads = new NioEventLoopGroup(1);
  private volatile boolean full;
  private Server server;
  private ManagedChannel channel;

  /** Answers predictions once it is told to, and all else at once. */
  private static final class Waiting extends ReadmissionServiceGrpc.ReadmissionServiceImplBase {
    private final Queue<StreamObserver<PredictResponse>> waiting = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch held = new CountDownLatch(0);

    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> reply) {
      waiting.add(reply);
    }

    /** Keeps the connection's thread busy. */
    @Override
    public void explain(PredictRequest request, StreamObserver<PredictResponse> reply) {
      Uninterruptibles.awaitUninterruptibly(held);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      reply.onNext(PredictResponse.getDefaultInstance());
      reply.onCompleted();
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
    CallLimits limits =
        new CallLimits(
            List.of(ReadmissionServiceGrpc.getPredictMethod(), EXPLAIN),
            method -> full && method.equals(EXPLAIN.getFullMethodName()),
            metrics);
    server =
        NettyServerBuilder.forAddress(Listen.onLoopback(0).address())
            .directExecutor()
            .addStreamTracerFactory(limits.tracers())
            .intercept(limits.interceptor())
            .addService(service)
            .build()
            .start();
    // Threads of its own: by default, client and server of a process share theirs.
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .eventLoopGroup(clientThreads)
            .channelType(NioSocketChannel.class)
            .build();
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    server.shutdownNow().awaitTermination();
    Future<?> unused = clientThreads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Test
  void refusesTheSurplusWhileTheOthersAreUnderWayAndTakesCallsAgainOnceTheyAreAnswered()
      throws Exception {
    int limit = (int) metrics.get("predict.limit").tag("method", "Predict").gauge().value();
    var client = ReadmissionServiceGrpc.newFutureStub(channel);
    List<ListenableFuture<PredictResponse>> calls = new ArrayList<>();
    for (int i = 0; i < limit + 50; i++) {
      calls.add(client.predict(PredictRequest.getDefaultInstance()));
    }

    // Which of them are refused is not told by their order: calls made before the connection is
    // there start on whichever thread finds it first.
    while (calls.stream().filter(ListenableFuture::isDone).count() + service.waiting.size()
        < calls.size()) {
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
    // More than the surplus, where the machine was so busy that some had waited too long.
    assertThat(surplus).hasSizeGreaterThanOrEqualTo(50);
    assertThat(metrics.get("predict.shed").tag("method", "Predict").counter().count())
        .isEqualTo(surplus.size());
    calls.removeIf(ListenableFuture::isDone);
    assertThat(calls).isNotEmpty().noneMatch(ListenableFuture::isDone);
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
  void refusesCallsThatHaveWaitedTooLongForTheConnectionsThread() throws Exception {
    // Once the connection stands, calls are sent in the order of the client's thread.
    GetModelResponse unused =
        ReadmissionServiceGrpc.newBlockingStub(channel)
            .getModel(GetModelRequest.getDefaultInstance());
    var client = ReadmissionServiceGrpc.newFutureStub(channel);
    service.held = new CountDownLatch(1);
    List<ListenableFuture<PredictResponse>> calls = new ArrayList<>();
    for (int i = 0; i < WITHIN_ANY_LIMIT; i++) {
      calls.add(client.explain(PredictRequest.getDefaultInstance()));
    }
    // All are sent before the first is answered, so that the others wait together however slowly
    // this machine sends them.
    clientThreads.submit(() -> {}).get();
    service.held.countDown();

    List<Status.Code> codes = calls.stream().map(CallLimitsIT::code).toList();
    assertThat(codes).containsOnly(Status.Code.OK, Status.Code.RESOURCE_EXHAUSTED);
    assertThat(codes).contains(Status.Code.OK, Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void refusesCallsWhoseThreadsHaveEnoughToDo() {
    full = true;
    var client = ReadmissionServiceGrpc.newFutureStub(channel);
    assertThat(code(client.explain(PredictRequest.getDefaultInstance())))
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    full = false;
    assertThat(code(client.explain(PredictRequest.getDefaultInstance()))).isEqualTo(Status.Code.OK);
  }

  private static Status.Code code(ListenableFuture<?> call) {
    try {
      call.get();
      return Status.Code.OK;
    } catch (ExecutionException refused) {
      return Status.fromThrowable(refused).getCode();
    } catch (InterruptedException hurry) {
      throw new AssertionError(hurry);
    }
  }

  @Test
  void letsMethodsThroughThatAreNotLimited() {
    int limit = (int) metrics.get("predict.limit").tag("method", "Predict").gauge().value();
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
