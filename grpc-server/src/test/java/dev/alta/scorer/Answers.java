package dev.alta.scorer;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a stream answers. Asks for as many answers as the test says, so that a caller who reads
 * slowly can be tried.
 */
final class Answers<Q, A> implements ClientResponseObserver<Q, A> {
  private static final long LONGEST_WAIT_SECONDS = 30;

  private final int first;
  private final List<A> answers = new ArrayList<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<Q> call;

  /** Asks for so many answers at the beginning. */
  Answers(int first) {
    this.first = first;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(first);
  }

  @Override
  public synchronized void onNext(A answer) {
    answers.add(answer);
    notifyAll();
  }

  @Override
  public void onError(Throwable failure) {
    end.complete(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }

  /** Asks for more answers. */
  void request(int more) {
    ClientCallStreamObserver<Q> stream = call;
    if (stream == null) {
      throw new IllegalStateException("not started");
    }
    stream.request(more);
  }

  synchronized List<A> soFar() {
    return List.copyOf(answers);
  }

  /** Waits until so many answers have come. */
  synchronized List<A> await(int count) throws InterruptedException {
    return await(found -> found.size() >= count);
  }

  private synchronized List<A> await(Predicate<List<A>> enough) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
    while (!enough.test(answers)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("only " + answers.size() + " answers in time");
      }
      wait(left);
    }
    return List.copyOf(answers);
  }

  /** How the stream ended. */
  Status end() throws InterruptedException, ExecutionException, TimeoutException {
    return end.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
  }
}
