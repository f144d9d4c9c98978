package dev.alta.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ScoreDriftTest {
  @Test
  void findsNothingInScoresLikeThoseOfTheReference() {
    ScoreDrift scores = new ScoreDrift(10_000);
    for (int i = 0; i <= 1_000; i++) {
      scores.add(i / 10.0);
    }

    assertThat(scores.drift().psi()).isLessThan(0.001);
    assertThat(scores.drift().reaches(0.1)).isFalse();
  }

  @Test
  void findsScoresThatHaveRisen() {
    ScoreDrift scores = new ScoreDrift(10_000);
    for (int i = 0; i < 1_000; i++) {
      scores.add(50 + i / 20.0);
    }

    assertThat(scores.drift().reaches(0.25)).isTrue();
    assertThat(scores.drift().bins().get(9)).isEqualTo(new DriftBin("90 to 100", 1_000, 200));
  }

  @Test
  void saysNothingWithoutScores() {
    assertThat(new ScoreDrift(10_000).drift().psi()).isZero();
  }
}
