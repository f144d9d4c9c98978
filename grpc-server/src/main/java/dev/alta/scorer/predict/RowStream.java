package dev.alta.scorer.predict;

import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.proto.v1.PredictStreamResponse;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.call.Replies;
import dev.alta.scorer.call.RequestMeters;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One stream of encounters and their answers, in the same order.
 *
 * <p>Rows come in on the connection's thread and are answered on another, a few dozen at a time, so
 * that a full stream does not hold up the other calls of its connection, nor one stream the others.
 * {@link #WINDOW} rows are taken in at most before they are answered; where the caller does not
 * read its answers, nothing more is computed nor taken in.
 */
final class RowStream implements StreamObserver<PredictRequest> {
  private static final int WINDOW = 128;
  private static final int TURN = 32;
  // Many times what an encounter takes; larger ones are not kept waiting in memory.
  private static final int LARGEST_ROW = 64 << 10;

  /** A row that waits; an empty one in its place if it was too large. */
  private record Waiting(PredictRequest request, int size, long start) {}

  private final ServerCallStreamObserver<PredictStreamResponse> reply;
  private final OneRow rows;
  private final Answering answering;
  private final RequestMeters meters;
  private final Executor executor;
  private final Set<RowStream> open;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  // How many times there was something to do since somebody began to do it.
  private final AtomicInteger signals = new AtomicInteger();
  private volatile boolean halfClosed;
  private volatile boolean stopping;
  private boolean closed;

  /**
   * Takes its parts.
   *
   * @param open the streams that are open; it is one of them until it ends
   */
  RowStream(
      ServerCallStreamObserver<PredictStreamResponse> reply,
      OneRow rows,
      Answering answering,
      RequestMeters meters,
      Executor executor,
      Set<RowStream> open) {
    this.reply = reply;
    this.rows = rows;
    this.answering = answering;
    this.meters = meters;
    this.executor = executor;
    this.open = open;
  }

  /** Takes the first rows in; to be called before the call's method returns. */
  void start() {
    reply.disableAutoRequest();
    reply.setOnReadyHandler(this::signal);
    reply.setOnCancelHandler(this::gone);
    reply.setOnCloseHandler(() -> open.remove(this));
    open.add(this);
    reply.request(WINDOW);
  }

  @Override
  public void onNext(PredictRequest request) {
    int size = request.getSerializedSize();
    PredictRequest kept = size > LARGEST_ROW ? PredictRequest.getDefaultInstance() : request;
    waiting.add(new Waiting(kept, size, System.nanoTime()));
    signal();
  }

  @Override
  public void onError(Throwable failure) {
    gone();
  }

  private void gone() {
    waiting.clear();
    open.remove(this);
  }

  @Override
  public void onCompleted() {
    halfClosed = true;
    signal();
  }

  /** Answers what has come in, then ends the stream for the caller to go on elsewhere. */
  void stop() {
    stopping = true;
    signal();
  }

  private void signal() {
    if (signals.getAndIncrement() == 0) {
      execute();
    }
  }

  private void execute() {
    try {
      executor.execute(this::work);
    } catch (RejectedExecutionException closed) {
      close(stopping());
    }
  }

  /** Never runs twice at the same time: only who raises the signals from 0 starts it. */
  private void work() {
    int seen;
    do {
      seen = signals.get();
      if (!turn()) {
        // There is more; the other streams come first.
        execute();
        return;
      }
    } while (signals.addAndGet(-seen) != 0);
  }

  /** Answers what waits, up to a turn's rows; true where nothing is left to do for now. */
  private boolean turn() {
    int answered = 0;
    try {
      Waiting next;
      while (answered < TURN && isOpen() && reply.isReady() && (next = waiting.poll()) != null) {
        reply.onNext(answer(next));
        answered++;
      }
    } catch (RuntimeException failure) {
      close(failure);
    }
    if (isOpen() && answered > 0) {
      reply.request(answered);
    }
    if (isOpen() && waiting.isEmpty()) {
      endIfDue();
    }
    return answered < TURN;
  }

  private void endIfDue() {
    if (halfClosed) {
      closed = true;
      reply.onCompleted();
    } else if (stopping) {
      close(stopping());
    }
  }

  private static StatusRuntimeException stopping() {
    return Status.UNAVAILABLE
        .withDescription("the scorer is stopping; send what is not answered to another")
        .asRuntimeException();
  }

  private boolean isOpen() {
    return !closed && !reply.isCancelled();
  }

  private void close(RuntimeException failure) {
    if (isOpen()) {
      closed = true;
      waiting.clear();
      Replies.fail(reply, failure);
    }
  }

  private PredictStreamResponse answer(Waiting next) {
    String id = answering.id(next.request().getRequestId());
    PredictStreamResponse.Builder response = PredictStreamResponse.newBuilder().setRequestId(id);
    OneRow.Outcome outcome =
        next.size() > LARGEST_ROW
            ? tooLarge(next.size())
            : rows.answer(next.request(), id, next.start());
    if (outcome instanceof OneRow.Outcome.Answer answer) {
      meters.ended(Status.Code.OK, System.nanoTime() - next.start());
      return response.setPrediction(answer.response()).build();
    }
    meters.ended(Status.Code.INVALID_ARGUMENT, System.nanoTime() - next.start());
    return response
        .setError(Refusals.status(((OneRow.Outcome.Refusal) outcome).violations()))
        .build();
  }

  private OneRow.Outcome tooLarge(int size) {
    List<Violation> violations =
        List.of(new Violation("message", size + " bytes", "at most " + LARGEST_ROW + " bytes"));
    answering.refused(violations);
    return new OneRow.Outcome.Refusal(violations);
  }
}
