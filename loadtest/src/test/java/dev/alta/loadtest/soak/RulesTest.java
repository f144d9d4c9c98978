package dev.alta.loadtest.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.load.record.Recording;
import dev.alta.load.record.Samples.Sample;
import dev.alta.load.report.Check;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RulesTest {
  private static final long QUARTER = 1_000_000_000;
  private static final long MIB = 1 << 20;

  @Test
  void takesFivePercentOfGrowthSinceTheSecondQuarterForFlat() {
    List<Long> settles = List.of(10 * MIB, 100 * MIB, 104 * MIB, 105 * MIB);
    List<Long> grows = List.of(100 * MIB, 100 * MIB, 104 * MIB, 106 * MIB);

    assertThat(flat(settles, settles)).allMatch(Check::met);
    assertThat(flat(grows, settles).stream().filter(check -> !check.met()).map(Check::what))
        .containsExactly(
            "alta serve: heap in use after GC, MiB: 106.0 in the last quarter (expected: at most 5%"
                + " above 100.0 of the second)");
  }

  @Test
  void takesASegmentMoreForAFlatSpool() {
    List<Long> one = List.of(1L, 1L, 1L, 1L);

    assertThat(flat(one, List.of(0L, 64 * MIB, 64 * MIB, 75 * MIB))).allMatch(Check::met);
    assertThat(flat(one, List.of(0L, 64 * MIB, 64 * MIB, 76 * MIB)))
        .anyMatch(check -> !check.met());
  }

  @Test
  void refusesAQuarterThatNobodyLookedAt() {
    assertThat(flat(List.of(1L, 0L, 0L, 0L), List.of(1L, 1L, 1L, 1L)))
        .anyMatch(check -> !check.met());
  }

  @Test
  void allowsTenPercentMoreInTheLastQuarter() {
    assertThat(Rules.latencies("", quarters(1_100).all())).allMatch(Check::met);
    assertThat(Rules.latencies("", quarters(1_200).all())).noneMatch(Check::met);
    assertThat(Rules.latencies("", quarters(500).all())).allMatch(Check::met);
    // In one quarter all requests were disturbed.
    assertThat(Rules.latencies("", quarters(500).quiet())).noneMatch(Check::met);
  }

  @Test
  void countsARequestInTheQuarterInWhichItWasDue() {
    Quarters quarters = new Quarters(QUARTER);
    quarters.add(new Sample(QUARTER - 1, QUARTER, 2 * QUARTER, "UNAVAILABLE"), true);
    quarters.add(new Sample(QUARTER, QUARTER, 2 * QUARTER, Recording.OK), true);
    quarters.add(new Sample(9 * QUARTER, 9 * QUARTER, 9 * QUARTER, Recording.OK), true);

    assertThat(quarters.all().stream().map(one -> one.requests())).containsExactly(1L, 1L, 0L, 1L);
    assertThat(quarters.failed()).isEqualTo(1);
    assertThat(quarters.answered()).isEqualTo(2);
  }

  /** The last takes so many microseconds, the others 1,000; the last one is never quiet. */
  private static Quarters quarters(long micros) {
    Quarters quarters = new Quarters(QUARTER);
    for (int i = 0; i < SoakSettings.QUARTERS; i++) {
      boolean isLast = i == SoakSettings.QUARTERS - 1;
      long due = i * QUARTER;
      long ended = due + 1_000 * (isLast ? micros : 1_000);
      quarters.add(new Sample(due, due, ended, Recording.OK), !isLast);
    }
    return quarters;
  }

  private static List<Check> flat(List<Long> heap, List<Long> spool) {
    Map<Figure, List<Long>> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.HEAP, heap);
    return Rules.flat(Map.of("alta serve", figures), spool);
  }
}
