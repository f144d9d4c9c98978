package dev.alta.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistoryColumnsTest {
  private static final long NOTHING = -1;
  private static final Contract VISITS = Contract.of(Visit.getDescriptor());
  private final HistoryColumns columns = HistoryColumns.of(VISITS);

  @Test
  void countsAddsUpAndRemembersTheEarlierOnes() {
    HistoryColumns.Tally tally = columns.nothing();
    assertThat(at(tally, 10)).isEqualTo(new Row(VISITS));
    tally.add(10, values(visit(10, 2)), 0);
    tally.add(14, values(visit(14, NOTHING)), 0);
    tally.add(15, values(visit(15, 5)), 0);

    Row row = at(tally, 22);
    assertThat(row.whole(VISITS.column("earlier_visits"))).isEqualTo(3);
    assertThat(row.whole(VISITS.column("earlier_falls"))).isEqualTo(7);
    assertThat(row.whole(VISITS.column("last_falls"))).isEqualTo(5);
    assertThat(row.whole(VISITS.column("visits_between"))).isEqualTo(7);
    assertThat(at(tally, HistoryColumns.NOT_RECORDED).recorded(VISITS.column("visits_between")))
        .isFalse();
  }

  @Test
  void doesNotRememberWhatTheLastOneDidNotRecord() {
    HistoryColumns.Tally tally = columns.nothing();
    tally.add(10, values(visit(10, 2)), 0);
    tally.add(14, values(visit(14, NOTHING)), 0);
    Row row = at(tally, 15);
    assertThat(row.recorded(VISITS.column("last_falls"))).isFalse();
    assertThat(row.whole(VISITS.column("earlier_falls"))).isEqualTo(2);
  }

  @Test
  void isTheSameWhateverComesLater() {
    SplittableRandom random = new SplittableRandom(3);
    List<Row> visits = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      visits.add(visit(1 + 3L * i, random.nextInt(6)));
    }
    for (int known = 0; known < visits.size(); known++) {
      HistoryColumns.Tally tally = columns.nothing();
      long falls = 0;
      for (Row earlier : visits.subList(0, known)) {
        tally.add(earlier.whole(VISITS.key()), values(earlier), 0);
        falls += earlier.whole(VISITS.column("falls"));
      }
      Row row = at(tally, visits.get(known).whole(VISITS.key()));
      if (known > 0) {
        assertThat(row.whole(VISITS.column("earlier_visits"))).isEqualTo(known);
        assertThat(row.whole(VISITS.column("earlier_falls"))).isEqualTo(falls);
      }
    }
  }

  @Test
  void refusesEncountersThatAreNotInOrder() {
    HistoryColumns.Tally tally = columns.nothing();
    tally.add(10, values(visit(10, 2)), 0);
    assertThatThrownBy(() -> tally.add(10, values(visit(10, 2)), 0))
        .hasMessage("key: not in order (expected: greater than the last)");
  }

  @Test
  void readsNoOutcomeOfTheEarlierOnes() {
    Contract encounters = Contract.of(Encounter.getDescriptor());
    assertThat(HistoryColumns.of(encounters).made()).isNotEmpty();
    assertThat(HistoryColumns.of(encounters).sources())
        .extracting(Column::identifies)
        .containsOnly(false);
  }

  private Row at(HistoryColumns.Tally tally, long key) {
    long[] made = new long[columns.made().size()];
    tally.at(key, made, 0);
    Row row = new Row(VISITS);
    columns.put(row, made, 0);
    return row;
  }

  private long[] values(Row visit) {
    long[] values = new long[columns.sources().size()];
    columns.read(visit, values, 0);
    return values;
  }

  private static Row visit(long key, long falls) {
    Row row = new Row(VISITS);
    row.put(VISITS.key(), key);
    if (falls != NOTHING) {
      row.put(VISITS.column("falls"), falls);
    }
    return row;
  }
}
