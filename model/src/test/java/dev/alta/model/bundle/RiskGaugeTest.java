package dev.alta.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alta.proto.v1.Risk;
import dev.alta.proto.v1.RiskScale;
import org.junit.jupiter.api.Test;

final class RiskGaugeTest {
  @Test
  void countsAProbabilityAtAThresholdAsAbove() {
    RiskGauge gauge = gauge(0.1f, 0.9f);
    assertThat(gauge.risk(0.5f)).isEqualTo(Risk.HIGH);
    assertThat(gauge.risk(Math.nextDown(0.5f))).isEqualTo(Risk.MEDIUM);
    assertThat(gauge.risk(0.25f)).isEqualTo(Risk.MEDIUM);
    assertThat(gauge.risk(Math.nextDown(0.25f))).isEqualTo(Risk.LOW);
  }

  @Test
  void interpolatesBetweenQuantiles() {
    assertThat(gauge(0f, 1f).percentile(0.33333f)).isCloseTo(33.333, within(1e-4));
  }

  @Test
  void endsAtNoneAndAllOfTheRows() {
    RiskGauge gauge = gauge(0.1f, 0.9f);
    assertThat(gauge.percentile(0.05f)).isEqualTo(0);
    assertThat(gauge.percentile(0.1f)).isEqualTo(0);
    assertThat(gauge.percentile(0.95f)).isEqualTo(100);
  }

  @Test
  void doesNotCountEqualProbabilitiesAsLower() {
    RiskScale.Builder scale = scale();
    for (int i = 0; i <= 1000; i++) {
      scale.addQuantiles(i < 400 ? 0.1f : 0.3f);
    }
    RiskGauge gauge = new RiskGauge(scale.build());
    assertThat(gauge.percentile(0.3f)).isEqualTo(40);
    assertThat(gauge.percentile(0.31f)).isEqualTo(100);
  }

  private static RiskGauge gauge(float smallest, float largest) {
    RiskScale.Builder scale = scale();
    for (int i = 0; i <= 1000; i++) {
      scale.addQuantiles(smallest + (largest - smallest) * i / 1000f);
    }
    return new RiskGauge(scale.build());
  }

  private static RiskScale.Builder scale() {
    return RiskScale.newBuilder().setHighFrom(0.5f).setMediumFrom(0.25f);
  }
}
