package dev.alta.scorer.call;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends calls: with an answer, with the status that says why not, or with INTERNAL for a bug. */
public final class Replies {
  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  /** Answers with what the work gives; not at all begun where nobody waits for it any more. */
  public static <T> void answer(StreamObserver<T> reply, Supplier<T> work) {
    T answer;
    try {
      requireWanted();
      answer = work.get();
    } catch (RuntimeException failure) {
      fail(reply, failure);
      return;
    }
    reply.onNext(answer);
    reply.onCompleted();
  }

  /** The same on another thread; an answer that nobody waits for when it is there is dropped. */
  public static <T> void answer(StreamObserver<T> reply, Executor executor, Supplier<T> work) {
    allowCancelling(reply);
    try {
      executor.execute(Context.current().wrap(() -> answer(reply, work)));
    } catch (RejectedExecutionException full) {
      fail(
          reply,
          Status.RESOURCE_EXHAUSTED
              .withDescription("too many calls of this kind at once; try again")
              .asRuntimeException());
    }
  }

  /** Answers once the work is done, wherever that is. */
  public static <T> void answer(StreamObserver<T> reply, CompletableFuture<T> work) {
    allowCancelling(reply);
    CompletableFuture<T> unused =
        work.whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                fail(reply, ModelProblem.of(failure));
              } else {
                reply.onNext(answer);
                reply.onCompleted();
              }
            });
  }

  /**
   * To be asked before work that takes time, in the context of its call.
   *
   * @throws StatusRuntimeException if the caller's deadline has passed, or the caller has gone
   */
  public static void requireWanted() {
    Context context = Context.current();
    Deadline deadline = context.getDeadline();
    if (deadline != null && deadline.isExpired()) {
      throw Status.DEADLINE_EXCEEDED
          .withDescription("the deadline had passed before there was an answer")
          .asRuntimeException();
    }
    if (context.isCancelled()) {
      throw Status.CANCELLED.withDescription("cancelled by the caller").asRuntimeException();
    }
  }

  /** A status goes out as it is; of anything else only the log learns. */
  public static void fail(StreamObserver<?> reply, Throwable failure) {
    if (failure instanceof StatusRuntimeException status) {
      reply.onError(status);
      return;
    }
    log.error("a call failed", failure);
    reply.onError(
        Status.INTERNAL
            .withDescription("the scorer failed; its log says why")
            .asRuntimeException());
  }

  /** For a call that leaves its thread. */
  private static void allowCancelling(StreamObserver<?> reply) {
    ((ServerCallStreamObserver<?>) reply).setOnCancelHandler(() -> {});
  }
}
