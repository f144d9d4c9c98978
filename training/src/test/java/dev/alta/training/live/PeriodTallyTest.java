package dev.alta.training.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class PeriodTallyTest {
  private static final Instant MONDAY = Instant.parse("2026-06-01T00:00:00Z");

  @Test
  void countsByDayAndLeavesNoDayOut() {
    PeriodTally tally = new PeriodTally(MONDAY, MONDAY.plusSeconds(86_400L * 30));
    tally.served(MONDAY, 0.1);
    tally.served(MONDAY.plusSeconds(86_399), 0.3);
    tally.served(MONDAY.plusSeconds(86_400 * 2), 0.5);
    tally.judged(MONDAY, 0.1, true);
    assertThat(tally.isWeeks()).isFalse();
    assertThat(tally.periods())
        .containsExactly(
            new Period(LocalDate.parse("2026-06-01"), 2, 0.2, 1, 0.1, 1),
            new Period(LocalDate.parse("2026-06-02"), 0, Double.NaN, 0, Double.NaN, 0),
            new Period(LocalDate.parse("2026-06-03"), 1, 0.5, 0, Double.NaN, 0));
  }

  @Test
  void countsByWeekWhereDaysWouldBeTooMany() {
    PeriodTally tally = new PeriodTally(MONDAY, MONDAY.plusSeconds(86_400L * 90));
    tally.served(MONDAY.plusSeconds(86_400 * 6), 0.25);
    tally.judged(MONDAY.plusSeconds(86_400 * 7), 0.5, false);
    assertThat(tally.isWeeks()).isTrue();
    assertThat(tally.periods())
        .containsExactly(
            new Period(LocalDate.parse("2026-06-01"), 1, 0.25, 0, Double.NaN, 0),
            new Period(LocalDate.parse("2026-06-08"), 0, Double.NaN, 1, 0.5, 0));
  }

  @Test
  void hasNoPeriodsWhereNothingHappened() {
    assertThat(new PeriodTally(MONDAY, MONDAY).periods()).isEmpty();
  }
}
