package dev.alta.scorer.limit;

import io.grpc.Context;
import java.util.concurrent.Executor;

/**
 * Runs what calls have left to other threads, unless nobody waits for the answer any more when
 * their turn comes: the call was cancelled or its deadline has passed.
 */
public final class AwaitedCalls implements Executor {
  private final Executor threads;

  public AwaitedCalls(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    Context call = Context.current();
    threads.execute(
        () -> {
          if (!call.isCancelled()) {
            call.run(task);
          }
        });
  }
}
