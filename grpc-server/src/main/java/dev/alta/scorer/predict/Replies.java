package dev.alta.scorer.predict;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends calls: with an answer, with the status that says why not, or with INTERNAL for a bug. */
final class Replies {
  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  /** To be called before a call leaves its thread: an answer that nobody waits for is dropped. */
  static void allowCancelling(StreamObserver<?> reply) {
    ((ServerCallStreamObserver<?>) reply).setOnCancelHandler(() -> {});
  }

  static <T> void answer(StreamObserver<T> reply, Supplier<T> work) {
    T answer;
    try {
      answer = work.get();
    } catch (RuntimeException failure) {
      fail(reply, failure);
      return;
    }
    reply.onNext(answer);
    reply.onCompleted();
  }

  /** A status goes out as it is; of anything else only the log learns. */
  static void fail(StreamObserver<?> reply, Throwable failure) {
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
}
