package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoopTurnsTest {
  private static final int CALLS = 200;
  private static final int LONG_TURNS = 160;
  private static final long CALL_TAKES = TimeUnit.MICROSECONDS.toNanos(100);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final LoopTurns.Part greedy = new LoopTurns.Part();
  private final LoopTurns.Part other = new LoopTurns.Part();
  private long now = TimeUnit.HOURS.toNanos(1);
  private final LoopTurns turns = new LoopTurns(channel.eventLoop(), () -> now, () -> now);

  /** One connection alone keeps the loop busy, turn after turn. */
  @BeforeEach
  void overload() {
    for (int i = 0; i < LONG_TURNS; i++) {
      keepBusy();
      channel.runPendingTasks();
    }
    assertThat(turns.isOverloaded()).isTrue();
  }

  private void keepBusy() {
    turns.read(greedy);
    for (int i = 0; i < CALLS; i++) {
      boolean unused = turns.isOver();
      now += CALL_TAKES;
    }
    turns.read(null);
  }

  @Test
  void answersTheFirstCallOfAConnectionInATurnHoweverLateItComes() {
    keepBusy();
    turns.read(other);
    assertThat(turns.isOver()).isFalse();
    assertThat(turns.isOver()).isTrue();
    channel.runPendingTasks();
    keepBusy();
    turns.read(other);
    assertThat(turns.isOver()).isFalse();
  }

  @Test
  void answersTheFirstCallAlsoWhereItIsLookedAtBeforeItBecomesOne() {
    keepBusy();
    turns.read(other);
    assertThat(turns.isOver(other)).isFalse();
    // The same one, as its interceptor sees it.
    assertThat(turns.isOver()).isFalse();
    assertThat(turns.isOver(other)).isTrue();
  }

  /** Whoever opens a connection for each call is no other one. */
  @Test
  void answersTheFirstCallsOfSoManyConnectionsOnly() {
    keepBusy();
    int answered = 0;
    for (int i = 0; i < 1_000; i++) {
      turns.read(new LoopTurns.Part());
      answered += turns.isOver() ? 0 : 1;
    }
    assertThat(answered).isBetween(50, 64);
  }
}
