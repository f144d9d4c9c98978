package dev.alta.training.promote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.proto.v1.Evaluation;
import org.junit.jupiter.api.Test;

final class PromoterTest {
  @Test
  void findsNoWeaknessInAModelBetterThanGuessing() {
    assertThat(Promoter.weakness(evaluation(0.55, 0.51, 0.6))).isEmpty();
  }

  @Test
  void letsAModelThatRanksWellBeLessAccurateThanTheMostFrequentClass() {
    assertThat(Promoter.weakness(evaluation(0.53, 0.6, 0.6))).isEmpty();
  }

  @Test
  void namesAnAurocNoBetterThanChance() {
    assertThat(Promoter.weakness(evaluation(0.55, 0.5, 0.6)))
        .hasValue("test AUROC 0.5000 (expected: more than 0.5)");
    assertThat(Promoter.weakness(evaluation(0.55, 0.6, Double.NaN)))
        .hasValue("test AUROC NaN (expected: more than 0.5)");
  }

  private static Evaluation evaluation(double accuracy, double first, double second) {
    return Evaluation.newBuilder()
        .setAccuracy(accuracy)
        .setMajorityShare(0.54)
        .addAuroc(first)
        .addAuroc(second)
        .build();
  }
}
