package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private final Patience patience = new Patience();
  private long now = millis(1_000);

  @Test
  void answersAllCallsOfOneLongTurn() {
    turns(20, 1);
    beginWithSome();
    assertThat(patience.isOver(now + millis(200))).isFalse();
    assertThat(patience.isOver(now + millis(300))).isTrue();
  }

  @Test
  void refusesTheSurplusOfEachTurnOnceAllTurnsAreLong() {
    turns(30, 10);
    beginWithSome();
    assertThat(patience.isOver(now + millis(4))).isFalse();
    assertThat(patience.isOver(now + millis(6))).isTrue();
  }

  @Test
  void isNoOverloadWhereAnyTurnOfTheIntervalWasShort() {
    for (int i = 0; i < 10; i++) {
      turns(5, 10);
      turns(1, 1);
    }
    beginWithSome();
    assertThat(patience.isOver(now + millis(6))).isFalse();
  }

  @Test
  void isPatientAgainAfterShortTurns() {
    turns(30, 10);
    turns(220, 1);
    beginWithSome();
    assertThat(patience.isOver(now + millis(6))).isFalse();
  }

  @Test
  void isPatientAgainAfterTheLoadHasGone() {
    turns(30, 10);
    now += millis(5_000);
    beginWithSome();
    assertThat(patience.isOver(now + millis(6))).isFalse();
  }

  @Test
  void answersAFewOfEachTurnHoweverLongItTakes() {
    turns(30, 10);
    patience.begin(now);
    for (int i = 1; i < 16; i++) {
      assertThat(patience.isOver(now + millis(20))).isFalse();
    }
    assertThat(patience.isOver(now + millis(20))).isTrue();
  }

  /** A turn with as many calls as are answered in any case. */
  private void beginWithSome() {
    patience.begin(now);
    for (int i = 1; i < 16; i++) {
      assertThat(patience.isOver(now)).isFalse();
    }
  }

  /** One after the other, with nothing in between. */
  private void turns(int count, int millis) {
    for (int i = 0; i < count; i++) {
      patience.begin(now);
      now += millis(millis);
      patience.end(now);
    }
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
