package dev.alta.scorer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private static final int FEW = 64;
  private static final int CALLS = 1_000;

  private final Patience patience = new Patience();
  private long now = millis(1_000);

  @Test
  void answersAllCallsOfOneLongTurn() {
    turns(20, 1);
    beginWithFew();
    assertThat(patience.isOver(now + millis(40))).isFalse();
    assertThat(patience.isOver(now + millis(60))).isTrue();
  }

  @Test
  void refusesTheSurplusOfEachTurnOnceAllTurnsAreLong() {
    turns(52, 10);
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

  /** After a second in which the process was stopped, say. */
  @Test
  void answersAllThatHasPiledUpInAShortWhile() {
    turns(40, 10);
    beginWithFew();
    assertThat(patience.isOver(now + millis(40))).isFalse();
  }

  @Test
  void losesPatienceSoonerWhereItWasOverloadedLately() {
    turns(52, 10);
    turns(220, 1);
    turns(12, 10);
    beginWithFew();
    assertThat(patience.isOver(now + millis(3))).isTrue();
  }

  @Test
  void isPatientAgainOnceNothingWasRefusedForAWhile() {
    turns(52, 10);
    turns(220, 1);
    beginWithFew();
    assertThat(patience.isOver(now + millis(6))).isFalse();
  }

  @Test
  void staysImpatientAsLongAsThereIsASurplus() {
    turns(52, 10);
    for (int i = 0; i < 500; i++) {
      turnThatRefuses(100);
    }
    beginWithFew();
    assertThat(patience.isOver(now + millis(3))).isTrue();
  }

  @Test
  void letsTurnsBeALittleLongerWhereTheSurplusIsSmall() {
    turns(52, 10);
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

  /** One after the other, with nothing in between. */
  private void turns(int count, int millis) {
    for (int i = 0; i < count; i++) {
      patience.begin(now);
      for (int call = 0; call < CALLS; call++) {
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
    turns(52, 10);
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
