package dev.alta.training.live;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Counts predictions by day or, where that would be too many, by week from Monday on; UTC. */
final class PeriodTally {
  private static final int MOST_DAYS = 62;

  private static final class Sums {
    private long served;
    private double risk;
    private long judged;
    private double judgedRisk;
    private long urgent;
  }

  private final boolean weeks;
  private final TreeMap<LocalDate, Sums> sums = new TreeMap<>();

  PeriodTally(Instant since, Instant until) {
    this.weeks = ChronoUnit.DAYS.between(since, until) > MOST_DAYS;
  }

  boolean isWeeks() {
    return weeks;
  }

  void served(Instant at, double risk) {
    Sums of = of(at);
    of.served++;
    of.risk += risk;
  }

  void judged(Instant at, double risk, boolean urgent) {
    Sums of = of(at);
    of.judged++;
    of.judgedRisk += risk;
    of.urgent += urgent ? 1 : 0;
  }

  /** From the first to the last that has anything, none left out. */
  List<Period> periods() {
    List<Period> periods = new ArrayList<>();
    if (sums.isEmpty()) {
      return periods;
    }
    LocalDate last = sums.lastKey();
    for (LocalDate day = sums.firstKey(); !day.isAfter(last); day = day.plusDays(weeks ? 7 : 1)) {
      Sums found = sums.getOrDefault(day, new Sums());
      periods.add(
          new Period(
              day,
              found.served,
              found.risk / found.served,
              found.judged,
              found.judgedRisk / found.judged,
              found.urgent));
    }
    return periods;
  }

  private Sums of(Instant at) {
    LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
    if (weeks) {
      day = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
    return sums.computeIfAbsent(day, first -> new Sums());
  }
}
