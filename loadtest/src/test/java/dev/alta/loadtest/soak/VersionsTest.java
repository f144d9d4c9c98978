package dev.alta.loadtest.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VersionsTest {
  private final Versions versions = new Versions("2");

  @Test
  void letsOldAndNewAnswerUntilTheNewOneHas() {
    int before = versions.beforeSending();
    versions.promoting("7");
    versions.answered(before, "2");
    assertThat(versions.isNewestSeen()).isFalse();
    versions.answered(versions.beforeSending(), "7");
    // Sent before the new one had answered, and late.
    versions.answered(before, "2");

    assertThat(versions.wrong()).isZero();
    assertThat(versions.isNewestSeen()).isTrue();
    assertThat(versions.swaps()).isEqualTo(1).isEqualTo(versions.promotions());
  }

  @Test
  void countsWhatMayNotAnswer() {
    versions.promoting("7");
    versions.answered(versions.beforeSending(), "7");

    versions.answered(versions.beforeSending(), "2");
    versions.answered(versions.beforeSending(), "8");
    versions.answered(versions.beforeSending(), "");

    assertThat(versions.wrong()).isEqualTo(3);
    assertThat(versions.swaps()).isEqualTo(1);
  }

  @Test
  void takesAVersionThatIsPromotedAgainForANewerOne() {
    versions.promoting("7");
    versions.answered(versions.beforeSending(), "7");
    versions.promoting("2");
    versions.answered(versions.beforeSending(), "7");
    versions.answered(versions.beforeSending(), "2");

    assertThat(versions.wrong()).isZero();
    assertThat(versions.swaps()).isEqualTo(2);
  }
}
