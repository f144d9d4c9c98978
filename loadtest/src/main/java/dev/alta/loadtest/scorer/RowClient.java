package dev.alta.loadtest.scorer;

import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.PredictStreamResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.proto.v1.ReadmissionServiceGrpc.ReadmissionServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** Sends the same rows one by one, in batches and in streams, with as much in flight. */
final class RowClient implements AutoCloseable {
  private static final long LONGEST_MINUTES = 10;

  private final List<Encounter> rows;
  private final List<ManagedChannel> channels = new ArrayList<>();

  RowClient(int port, int connections, List<Encounter> rows) {
    this.rows = rows;
    for (int i = 0; i < connections; i++) {
      channels.add(
          NettyChannelBuilder.forAddress("127.0.0.1", port)
              .usePlaintext()
              .directExecutor()
              .build());
    }
  }

  private Encounter row(int i) {
    return rows.get(i % rows.size());
  }

  /** Rows a second, one in each call. */
  double unary(int count, int inFlight) throws InterruptedException {
    return calls(
        count,
        inFlight,
        1,
        (i, done) ->
            stub(i)
                .predict(
                    PredictRequest.newBuilder().setEncounter(row(i)).build(),
                    new Ending<PredictResponse>(done)));
  }

  /** Rows a second, so many in each call. */
  double batches(int calls, int inFlight, int size) throws InterruptedException {
    PredictBatchRequest.Builder batch = PredictBatchRequest.newBuilder();
    for (int i = 0; i < size; i++) {
      batch.addEncounters(row(i));
    }
    PredictBatchRequest request = batch.build();
    return calls(
        calls,
        inFlight,
        size,
        (i, done) -> stub(i).predictBatch(request, new Ending<PredictBatchResponse>(done)));
  }

  private ReadmissionServiceStub stub(int i) {
    return ReadmissionServiceGrpc.newStub(channels.get(i % channels.size()));
  }

  private static double calls(
      int count, int inFlight, int rowsOfEach, BiConsumer<Integer, Runnable> call)
      throws InterruptedException {
    CountDownLatch left = new CountDownLatch(count);
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    for (int i = 0; i < inFlight; i++) {
      goOn(count, next, left, call);
    }
    return perSecond(left, (long) count * rowsOfEach, start);
  }

  private static void goOn(
      int count, AtomicInteger next, CountDownLatch left, BiConsumer<Integer, Runnable> call) {
    int i = next.getAndIncrement();
    if (i < count) {
      call.accept(
          i,
          () -> {
            left.countDown();
            goOn(count, next, left, call);
          });
    }
  }

  /** Rows a second over one stream on each connection. */
  double streams(int rowsOfEach) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(channels.size());
    AtomicLong answers = new AtomicLong();
    long start = System.nanoTime();
    for (ManagedChannel channel : channels) {
      ReadmissionServiceGrpc.newStub(channel).predictStream(new Stream(rowsOfEach, answers, left));
    }
    double perSecond = perSecond(left, (long) rowsOfEach * channels.size(), start);
    if (answers.get() != (long) rowsOfEach * channels.size()) {
      throw new IllegalStateException(answers + " answers (expected: one for each row)");
    }
    return perSecond;
  }

  private static double perSecond(CountDownLatch left, long rows, long start)
      throws InterruptedException {
    if (!left.await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException("no answers within " + LONGEST_MINUTES + " minutes");
    }
    return rows * 1e9 / (System.nanoTime() - start);
  }

  /** Sends as fast as the server takes rows in. */
  private final class Stream
      implements ClientResponseObserver<PredictRequest, PredictStreamResponse> {
    private final int count;
    private final AtomicLong answers;
    private final CountDownLatch left;
    private int sent;

    Stream(int count, AtomicLong answers, CountDownLatch left) {
      this.count = count;
      this.answers = answers;
      this.left = left;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<PredictRequest> call) {
      call.setOnReadyHandler(() -> send(call));
    }

    private void send(ClientCallStreamObserver<PredictRequest> call) {
      while (sent < count && call.isReady()) {
        call.onNext(PredictRequest.newBuilder().setEncounter(row(sent)).build());
        if (++sent == count) {
          call.onCompleted();
        }
      }
    }

    @Override
    public void onNext(PredictStreamResponse answer) {
      if (answer.hasPrediction()) {
        answers.incrementAndGet();
      }
    }

    @Override
    public void onError(Throwable failure) {
      failure.printStackTrace();
      left.countDown();
    }

    @Override
    public void onCompleted() {
      left.countDown();
    }
  }

  private record Ending<A>(Runnable done) implements StreamObserver<A> {
    @Override
    public void onNext(A answer) {
      // Counted at its end.
    }

    @Override
    public void onError(Throwable failure) {
      failure.printStackTrace();
      done.run();
    }

    @Override
    public void onCompleted() {
      done.run();
    }
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
