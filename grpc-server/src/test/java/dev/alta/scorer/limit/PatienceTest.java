package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private static final int FEW = 64;
  private static final int CALLS = 500;

  private long now = millis(1_000);
  private long stoodStill;
  private final Patience patience = new Patience(() -> now - stoodStill);

  @Test
  void answersTheCallsOfOneLongTurn() {
    turns(20, 1);
    patience.begin(now);
    int answered = 0;
    while (!patience.isOver(now)) {
      answered++;
      now += millis(1) / 2;
    }
    assertThat(answered).isBetween(100, 102);
  }

  @Test
  void refusesTheSurplusOfEachTurnOnceAllTurnsAreLong() {
    overload();
    beginWithFew();
    assertThat(patience.isOver(now + millis(1))).isFalse();
    assertThat(patience.isOver(now + millis(3))).isTrue();
  }

  @Test
  void isNoOverloadWhereAnyTurnOfTheIntervalWasShort() {
    for (int i = 0; i < 10; i++) {
      turns(5, 10);
      turns(1, 1);
    }
    beginWithFew();
    assertThat(patience.isOver(now + millis(6))).isFalse();
  }

  @Test
  void isNoOverloadAfterOneVeryLongTurn() {
    turns(1, 1_000);
    turns(1, 20);
    beginWithFew();
    assertThat(patience.isOver(now + millis(6))).isFalse();
  }

  /** After a second in which the process was stopped, say: no more wait than before. */
  @Test
  void answersAllThatHasPiledUpInAWhile() {
    turns(290, 10);
    beginWithFew();
    assertThat(patience.isOver(now + millis(4))).isFalse();
    assertThat(patience.isOverloaded()).isFalse();
  }

  @Test
  void losesPatienceAlsoWhereAsManyWaitForLong() {
    turns(310, 10);
    assertThat(patience.isOverloaded()).isTrue();
  }

  @Test
  void answersTheRestOfATurnInWhichTheThreadStoodStill() {
    for (int turn = 0; turn < 1_000; turn++) {
      beginWithFew();
      now += millis(1_000);
      stoodStill += millis(1_000);
      for (int call = 0; call < CALLS; call++) {
        assertThat(patience.isOver(now)).isFalse();
        now += millis(4) / CALLS;
      }
      patience.end(now);
    }
    assertThat(patience.isStrained()).isFalse();
    assertThat(patience.usual()).isLessThanOrEqualTo(millis(4) / CALLS);
  }

  @Test
  void losesPatienceSoonerWhereItWasOverloadedLately() {
    overload();
    turns(220, 1);
    turns(12, 10);
    beginWithFew();
    assertThat(patience.isOver(now + millis(3))).isTrue();
  }

  @Test
  void isPatientAgainOnceNothingWasRefusedForAWhile() {
    overload();
    turns(220, 1);
    beginWithFew();
    assertThat(patience.isOver(now + millis(6))).isFalse();
  }

  @Test
  void staysImpatientAsLongAsThereIsASurplus() {
    overload();
    for (int i = 0; i < 500; i++) {
      turnThatRefuses(100);
    }
    beginWithFew();
    assertThat(patience.isOver(now + millis(3))).isTrue();
  }

  @Test
  void letsTurnsBeALittleLongerWhereTheSurplusIsSmall() {
    overload();
    for (int i = 0; i < 50; i++) {
      turnThatRefuses(1);
    }
    beginWithFew();
    assertThat(patience.isOver(now + millis(4))).isFalse();
    assertThat(patience.isOver(now + millis(6))).isTrue();
  }

  @Test
  void tellsOfStrainFromTheFirstLongTurnOn() {
    turns(20, 1);
    assertThat(patience.isStrained()).isFalse();
    turns(1, 10);
    assertThat(patience.isStrained()).isTrue();
    turns(6_000, 1);
    assertThat(patience.isStrained()).isFalse();
  }

  /** More come than can be answered. */
  private void overload() {
    turns(11, 30, 3 * CALLS);
    assertThat(patience.isOverloaded()).isTrue();
  }

  /** One after the other, with nothing in between. */
  private void turns(int count, int millis) {
    turns(count, millis, CALLS);
  }

  private void turns(int count, int millis, int calls) {
    for (int i = 0; i < count; i++) {
      patience.begin(now);
      for (int call = 0; call < calls; call++) {
        boolean unused = patience.isOver(now);
      }
      now += millis(millis);
      patience.end(now);
    }
  }

  @Test
  void takesFewCallsAtOnceForNoOverloadHoweverLongTheyTake() {
    for (int i = 0; i < 100; i++) {
      patience.begin(now);
      for (int call = 0; call < FEW; call++) {
        assertThat(patience.isOver(now + millis(40))).isFalse();
      }
      now += millis(40);
      patience.end(now);
    }
    assertThat(patience.isOverloaded()).isFalse();
    assertThat(patience.isStrained()).isFalse();
  }

  @Test
  void letsInNoMoreThanCanBeAnsweredInTimeWhereAllComeFirst() {
    overload();
    patience.begin(now);
    int letIn = 0;
    while (!patience.isOver(now)) {
      letIn++;
    }
    // Each takes a hundredth of a millisecond, and there are two for a turn.
    assertThat(letIn).isBetween(FEW + 1, 300);
  }

  /** A turn that answers what it has time for, a hundredth of a millisecond each, and no more. */
  private void turnThatRefuses(int calls) {
    patience.begin(now);
    int answered = 0;
    while (!patience.isOver(now + answered * millis(1) / 100)) {
      answered++;
    }
    now += answered * millis(1) / 100;
    for (int i = 1; i < calls; i++) {
      patience.refuse(now);
    }
    patience.end(now);
  }

  /** A turn with as many calls as are answered in any case. */
  private void beginWithFew() {
    patience.begin(now);
    for (int i = 0; i < FEW; i++) {
      assertThat(patience.isOver(now + millis(1_000))).isFalse();
    }
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
