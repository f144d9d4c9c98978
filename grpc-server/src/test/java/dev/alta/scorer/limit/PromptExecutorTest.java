package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PromptExecutorTest {
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private long now;
  private final PromptExecutor executor = new PromptExecutor(waiting::add, 1, () -> now);

  @Test
  void refusesWhatWouldWaitTooLong() {
    for (int i = 0; i < 10; i++) {
      executor.execute(() -> {});
    }
    assertThat(executor.isFull()).isTrue();
    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(waiting).hasSize(10);
  }

  @Test
  void takesTasksAgainOnceOneHasBegun() {
    for (int i = 0; i < 10; i++) {
      executor.execute(() -> {});
    }
    waiting.remove().run();
    assertThat(executor.isFull()).isFalse();
  }

  @Test
  void letsAFewWaitHoweverLongTasksTake() {
    for (int i = 0; i < 60; i++) {
      executor.execute(() -> now += TimeUnit.MILLISECONDS.toNanos(10));
      waiting.remove().run();
    }
    for (int i = 0; i < 4; i++) {
      executor.execute(() -> {});
    }
    assertThat(executor.isFull()).isTrue();
  }

  @Test
  void learnsThatTasksAreShort() {
    for (int i = 0; i < 60; i++) {
      executor.execute(() -> {});
      waiting.remove().run();
    }
    for (int i = 0; i < 40; i++) {
      executor.execute(() -> {});
    }
    assertThat(executor.isFull()).isFalse();
  }
}
