package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Deadline;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class AwaitedCallsTest {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final AwaitedCalls calls = new AwaitedCalls(waiting::add);
  private final AtomicInteger computed = new AtomicInteger();

  @Test
  void computesWhatSomebodyWaitsFor() {
    Context.current().withCancellation().run(() -> calls.execute(computed::incrementAndGet));

    waiting.remove().run();

    assertThat(computed).hasValue(1);
  }

  @Test
  void computesNothingForACallThatWasCancelledWhileItWaited() {
    Context.CancellableContext call = Context.current().withCancellation();
    call.run(() -> calls.execute(computed::incrementAndGet));

    call.cancel(null);
    waiting.remove().run();

    assertThat(computed).hasValue(0);
  }

  @Test
  void computesNothingForACallWhoseDeadlineHasPassed() {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      Context.CancellableContext call =
          Context.current().withDeadline(Deadline.after(-1, TimeUnit.SECONDS), clock);
      call.run(() -> calls.execute(computed::incrementAndGet));

      waiting.remove().run();

      assertThat(computed).hasValue(0);
    } finally {
      clock.shutdownNow();
    }
  }
}
