package dev.alta.scorer.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceFutureStub;
import dev.alta.scorer.limit.OpenCalls;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beside gRPC's own transport within the process, which answers what does not go straight. */
final class StraightCallsTest {
  private static final PredictRequest REQUEST =
      PredictRequest.newBuilder().setRequestId("7").build();

  private final List<String> seen = new ArrayList<>();
  private final Service service = new Service();
  private final OpenCalls openCalls = new OpenCalls(1_000);
  private final StraightCalls straight =
      new StraightCalls(
          ReadmissionServiceGrpc.getPredictMethod(),
          ReadableMessages.only(service),
          List.of(new Refusing(), openCalls),
          List.of(new Tracers()));
  private final Server server =
      InProcessServerBuilder.forName("straight").directExecutor().addService(service).build();
  private final ManagedChannel channel =
      InProcessChannelBuilder.forName("straight").directExecutor().intercept(straight).build();
  private final ReadmissionServiceFutureStub stub = ReadmissionServiceGrpc.newFutureStub(channel);

  /** Answers with the id of the request, fails, or keeps its caller waiting. */
  private static final class Service extends ReadmissionServiceGrpc.ReadmissionServiceImplBase {
    private @Nullable StreamObserver<PredictResponse> waiting;
    private @Nullable Thread thread;
    private boolean cancelled;

    @Override
    public void predict(PredictRequest request, StreamObserver<PredictResponse> reply) {
      thread = Thread.currentThread();
      switch (request.getRequestId()) {
        case "wait" -> {
          ((ServerCallStreamObserver<PredictResponse>) reply)
              .setOnCancelHandler(() -> cancelled = true);
          waiting = reply;
        }
        case "fail" -> reply.onError(Status.UNAVAILABLE.asRuntimeException());
        case "throw" -> throw new IllegalStateException("a bug");
        default -> end(reply, request.getRequestId());
      }
    }

    void answerWhoWaits() {
      StreamObserver<PredictResponse> reply = waiting;
      if (reply == null) {
        throw new IllegalStateException("nobody waits");
      }
      end(reply, "late");
    }

    private static void end(StreamObserver<PredictResponse> reply, String id) {
      reply.onNext(PredictResponse.newBuilder().setRequestId(id).build());
      reply.onCompleted();
    }
  }

  /** Refuses whoever says so in a header. */
  private static final class Refusing implements ServerInterceptor {
    private static final Metadata.Key<String> REFUSE =
        Metadata.Key.of("refuse", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (headers.get(REFUSE) == null) {
        return next.startCall(call, headers);
      }
      call.close(Status.RESOURCE_EXHAUSTED, new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  private final class Tracers extends ServerStreamTracer.Factory {
    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
      return new ServerStreamTracer() {
        @Override
        public Context filterContext(Context context) {
          seen.add("context");
          return context;
        }

        @Override
        public void serverCallStarted(ServerCallInfo<?, ?> call) {
          seen.add("started " + call.getMethodDescriptor().getBareMethodName());
        }

        @Override
        public void streamClosed(Status status) {
          seen.add("closed " + status.getCode());
        }
      };
    }
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void answersOnTheCallersThreadAndTellsTheTracers() throws Exception {
    ListenableFuture<PredictResponse> answer = stub.predict(REQUEST);

    assertThat(answer.isDone()).isTrue();
    assertThat(answer.get().getRequestId()).isEqualTo("7");
    assertThat(service.thread).isSameAs(Thread.currentThread());
    assertThat(seen).containsExactly("context", "started Predict", "closed OK");
    assertThat(openCalls.await(Duration.ZERO)).isZero();
  }

  @Test
  void endsAsTheServiceDoes() throws Exception {
    assertThat(failure("fail")).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(failure("throw")).isEqualTo(Status.Code.UNKNOWN);
    assertThat(seen)
        .containsExactly(
            "context",
            "started Predict",
            "closed UNAVAILABLE",
            "context",
            "started Predict",
            "closed UNKNOWN");
    assertThat(openCalls.await(Duration.ZERO)).isZero();
  }

  private Status.Code failure(String id) {
    ListenableFuture<PredictResponse> answer =
        stub.predict(PredictRequest.newBuilder().setRequestId(id).build());
    try {
      answer.get();
      throw new AssertionError(id + ": answered");
    } catch (ExecutionException | InterruptedException failed) {
      return Status.fromThrowable(failed).getCode();
    }
  }

  @Test
  void isOverAlsoWhereAnInterceptorRefusedIt() throws Exception {
    Metadata headers = new Metadata();
    headers.put(Refusing.REFUSE, "yes");
    ListenableFuture<PredictResponse> answer =
        stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)).predict(REQUEST);

    assertThatThrownBy(answer::get).hasMessageContaining("RESOURCE_EXHAUSTED");
    assertThat(service.thread).isNull();
    assertThat(openCalls.await(Duration.ZERO)).isZero();
  }

  @Test
  void waitsForAnAnswerFromAnotherThread() throws Exception {
    ListenableFuture<PredictResponse> answer = waiting();
    assertThat(answer.isDone()).isFalse();
    assertThat(openCalls.await(Duration.ZERO)).isOne();

    Thread other = new Thread(service::answerWhoWaits);
    other.start();

    assertThat(answer.get(30, TimeUnit.SECONDS).getRequestId()).isEqualTo("late");
    other.join();
    assertThat(openCalls.await(Duration.ZERO)).isZero();
  }

  @Test
  void tellsTheServiceOfACallerWhoHasGone() throws Exception {
    ListenableFuture<PredictResponse> answer = waiting();

    answer.cancel(true);

    assertThat(service.cancelled).isTrue();
    assertThat(seen).containsExactly("context", "started Predict", "closed CANCELLED");
    assertThat(openCalls.await(Duration.ZERO)).isZero();
  }

  private ListenableFuture<PredictResponse> waiting() {
    return stub.predict(PredictRequest.newBuilder().setRequestId("wait").build());
  }

  @Test
  void leavesCallsWhoseDeadlineIsNearToTheTransport() throws Exception {
    assertThat(answeredWithinASecond().getRequestId()).isEqualTo("7");
    assertThat(seen).isEmpty();

    stub.withDeadlineAfter(60, TimeUnit.SECONDS).predict(REQUEST).get();
    assertThat(seen).isNotEmpty();
  }

  /** Asks again where this thread stood still for so long that the answer came too late. */
  private PredictResponse answeredWithinASecond() throws Exception {
    while (true) {
      try {
        return stub.withDeadlineAfter(900, TimeUnit.MILLISECONDS).predict(REQUEST).get();
      } catch (ExecutionException late) {
        assertThat(late).hasMessageContaining("DEADLINE_EXCEEDED");
      }
    }
  }

  @Test
  void leavesAllCallsToTheTransportOnceItIsClosed() throws Exception {
    straight.close();

    assertThat(stub.predict(REQUEST).get().getRequestId()).isEqualTo("7");
    assertThat(seen).isEmpty();
  }
}
