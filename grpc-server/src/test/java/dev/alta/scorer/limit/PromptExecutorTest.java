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
    fill(6);
    assertThat(executor.isFull()).isTrue();
    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(waiting).hasSize(6);
  }

  @Test
  void takesManyAtOnce() {
    for (int i = 0; i < 100; i++) {
      executor.execute(() -> {});
    }
    assertThat(executor.isFull()).isFalse();
  }

  @Test
  void takesManyAtOnceAgainAfterACalm() {
    fill(6);
    assertThat(executor.isFull()).isTrue();
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
    now += TimeUnit.SECONDS.toNanos(1);
    for (int i = 0; i < 100; i++) {
      executor.execute(() -> {});
    }
    assertThat(executor.isFull()).isFalse();
  }

  @Test
  void goesOnRefusingWhereTheQueueWasShortForAMomentOnly() {
    fill(6);
    assertThat(executor.isFull()).isTrue();
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
    assertThatThrownBy(() -> fill(100)).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void takesTasksAgainOnceOneHasBegun() {
    fill(6);
    waiting.remove().run();
    assertThat(executor.isFull()).isFalse();
  }

  @Test
  void letsAFewWaitHoweverLongTasksTake() {
    for (int i = 0; i < 60; i++) {
      executor.execute(() -> now += TimeUnit.MILLISECONDS.toNanos(10));
      waiting.remove().run();
    }
    fill(3);
    assertThat(executor.isFull()).isFalse();
    executor.execute(() -> {});
    assertThat(executor.isFull()).isTrue();
  }

  /** Of eight batches under way at once, the next one may come before its thread is free. */
  @Test
  void takesFourForEachThread() {
    PromptExecutor two = new PromptExecutor(waiting::add, 2, () -> now);
    for (int i = 0; i < 60; i++) {
      two.execute(() -> now += TimeUnit.MILLISECONDS.toNanos(10));
      waiting.remove().run();
    }
    for (int i = 0; i < 8; i++) {
      now += TimeUnit.SECONDS.toNanos(1);
      two.execute(() -> {});
    }
    now += TimeUnit.SECONDS.toNanos(1);
    assertThat(two.isFull()).isTrue();
  }

  @Test
  void learnsThatTasksAreShort() {
    for (int i = 0; i < 60; i++) {
      executor.execute(() -> {});
      waiting.remove().run();
    }
    fill(40);
    assertThat(executor.isFull()).isFalse();
  }

  /** So many tasks wait, for longer than a moment. */
  private void fill(int tasks) {
    for (int i = 0; i < tasks; i++) {
      executor.execute(() -> {});
    }
    now += TimeUnit.MILLISECONDS.toNanos(101);
  }
}
