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
  private static final int MANY = 120;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Waiting service = new Waiting();
  private final ConnectionThreads connections = new ConnectionThreads();
  private final Queue<String> refusedEarly = new ConcurrentLinkedQueue<>();
  private final EventLoopGroup clientThreads = new NioEventLoopGroup(1);
  private volatile boolean full;
  private Server server;
  private ManagedChannel channel;

  /** Answers predictions once it is told to, and all else at once. */
  private static final class Waiting extends ReadmissionServiceGrpc.ReadmissionServiceImplBase {
    private final Queue<StreamObserver<PredictResponse>> waiting = new ConcurrentLinkedQueue<>();

    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> reply) {
      waiting.add(reply);
    }

    /** Keeps the connection's thread busy. */
    @Override
    public void explain(PredictRequest request, StreamObserver<PredictResponse> reply) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
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
            List.of(EXPLAIN.getFullMethodName()),
            refusedEarly::add,
            metrics);
    NettyServerBuilder builder = NettyServerBuilder.forAddress(Listen.onLoopback(0).address());
    connections.serve(builder, limits);
    server =
        builder
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
    connections.close();
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
  void refusesCallsThatHaveWaitedTooLongForTheConnectionsThread() {
    List<Status.Code> codes = new ArrayList<>();
    while (!codes.contains(Status.Code.RESOURCE_EXHAUSTED)) {
      codes.addAll(codes(explainManyAtOnce()));
    }
    assertThat(codes).containsOnly(Status.Code.OK, Status.Code.RESOURCE_EXHAUSTED);
    assertThat(codes).contains(Status.Code.OK);
  }

  @Test
  void refusesCallsAsTheyComeOffTheNetworkWhileTheOverloadLasts() {
    List<Status.Code> codes = new ArrayList<>();
    List<ListenableFuture<PredictResponse>> waiting = explainManyAtOnce();
    while (refusedEarly.isEmpty()) {
      // There are always some that wait.
      List<ListenableFuture<PredictResponse>> next = explainManyAtOnce();
      codes.addAll(codes(waiting));
      waiting = next;
    }
    codes.addAll(codes(waiting));
    assertThat(codes).containsOnly(Status.Code.OK, Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refusedEarly).containsOnly(EXPLAIN.getFullMethodName());
    // The connection is as good as before.
    var client = ReadmissionServiceGrpc.newFutureStub(channel);
    Status.Code next = Status.Code.RESOURCE_EXHAUSTED;
    while (next == Status.Code.RESOURCE_EXHAUSTED) {
      next = code(client.explain(PredictRequest.getDefaultInstance()));
    }
    assertThat(next).isEqualTo(Status.Code.OK);
  }

  private List<ListenableFuture<PredictResponse>> explainManyAtOnce() {
    var client = ReadmissionServiceGrpc.newFutureStub(channel);
    List<ListenableFuture<PredictResponse>> calls = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      calls.add(client.explain(PredictRequest.getDefaultInstance()));
    }
    return calls;
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

  private static List<Status.Code> codes(List<ListenableFuture<PredictResponse>> calls) {
    return calls.stream().map(CallLimitsIT::code).toList();
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
