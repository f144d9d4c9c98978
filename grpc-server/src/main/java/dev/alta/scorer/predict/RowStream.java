package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.PredictRequest;
import dev.alta.scorer.call.Replies;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
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
 * <p>Rows come in on the connection's thread and are answered on another, those that wait together
 * and a few dozen at most, so that a full stream does not hold up the other calls of its
 * connection, nor one stream the others. {@link #WINDOW} rows are taken in at most before they are
 * answered; where the caller does not read its answers, nothing more is computed nor taken in.
 */
final class RowStream implements StreamObserver<PredictRequest> {
  private static final int WINDOW = 512;
  private static final int TURN = 64;

  private final ServerCallStreamObserver<ByteString> reply;
  private final RowTurn rows;
  private final Executor executor;
  private final Set<RowStream> open;
  private final Queue<RowTurn.Waiting> waiting = new ConcurrentLinkedQueue<>();
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
      ServerCallStreamObserver<ByteString> reply,
      RowTurn rows,
      Executor executor,
      Set<RowStream> open) {
    this.reply = reply;
    this.rows = rows;
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
    waiting.add(RowTurn.Waiting.of(request, System.nanoTime()));
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
    List<RowTurn.Waiting> taken = take();
    try {
      // Together, so that they leave in a few packets.
      rows.answer(taken).forEach(reply::onNext);
    } catch (RuntimeException failure) {
      close(failure);
    }
    if (isOpen() && !taken.isEmpty()) {
      reply.request(taken.size());
    }
    if (isOpen() && waiting.isEmpty()) {
      endIfDue();
    }
    return taken.size() < TURN;
  }

  private List<RowTurn.Waiting> take() {
    List<RowTurn.Waiting> taken = new ArrayList<>(TURN);
    if (isOpen() && reply.isReady()) {
      RowTurn.Waiting next = waiting.poll();
      while (next != null) {
        taken.add(next);
        next = taken.size() < TURN ? waiting.poll() : null;
      }
    }
    return taken;
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
}
