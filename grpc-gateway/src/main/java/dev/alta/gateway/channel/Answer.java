package dev.alta.gateway.channel;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The answer to a call, from gRPC's kind of future to the JDK's. */
public final class Answer {
  private Answer() {}

  /** Where the call fails, so does this, with the same exception. */
  public static <T> CompletableFuture<T> of(ListenableFuture<T> call) {
    if (call.isDone()) {
      return done(call);
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    Futures.addCallback(
        call,
        new FutureCallback<T>() {
          @Override
          public void onSuccess(@Nullable T result) {
            answer.complete(result);
          }

          @Override
          public void onFailure(Throwable failure) {
            answer.completeExceptionally(failure);
          }
        },
        MoreExecutors.directExecutor());
    return answer;
  }

  /** As within a process: nobody has to be told later. */
  private static <T> CompletableFuture<T> done(ListenableFuture<T> call) {
    try {
      return CompletableFuture.completedFuture(Futures.getDone(call));
    } catch (ExecutionException failed) {
      return CompletableFuture.failedFuture(Objects.requireNonNull(failed.getCause()));
    }
  }
}
