package dev.alta.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.profile.BatchTally;
import dev.alta.core.profile.DataTally;
import dev.alta.core.profile.ProfileBuilder;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import org.junit.jupiter.api.Test;

final class DriftTallyTest {
  private static final Contract VISITS = Contract.of(Visit.getDescriptor());
  private static final DataProfile REFERENCE = profile();

  /** A visit whose values follow from the number: two wards, falls 0 to 9, cause by turns. */
  private static Row visit(int i) {
    Row row = new Row(VISITS);
    row.put(VISITS.key(), i);
    row.put(VISITS.patient(), i);
    if (i % 10 > 0) {
      row.put(VISITS.column("ward"), i % 2 == 0 ? "surgery" : "medicine");
    }
    row.put(VISITS.column("creatinine"), i % 100 / 10.0);
    row.put(VISITS.column("falls"), i % 10);
    row.put(VISITS.column("cause"), i % 2 == 0 ? "250.83" : "V57");
    row.put(VISITS.target(), i % 2 == 0 ? "no" : "yes");
    return row;
  }

  private static DataProfile profile() {
    BatchTally batch = new BatchTally(VISITS, 1);
    for (int i = 0; i < 1_000; i++) {
      batch.add(visit(i));
    }
    DataTally tally = new DataTally();
    tally.add(batch);
    return ProfileBuilder.build(VISITS, 1, tally);
  }

  @Test
  void findsNothingInRowsLikeThoseOfTheReference() {
    DriftTally tally = new DriftTally(VISITS, REFERENCE);
    for (int i = 0; i < 500; i++) {
      tally.add(visit(i));
    }
    InputDrift drift = tally.drift();
    assertThat(drift.rows()).isEqualTo(500);
    assertThat(drift.referenceRows()).isEqualTo(1_000);
    assertThat(drift.columns()).hasSize(4).allMatch(column -> column.psi() < 1e-3);
    assertThat(drift.mean()).isLessThan(1e-3);
  }

  @Test
  void comparesInputsOnly() {
    assertThat(new DriftTally(VISITS, REFERENCE).drift().columns())
        .extracting(ColumnDrift::column)
        .containsExactlyInAnyOrder("ward", "creatinine", "falls", "cause");
  }

  @Test
  void countsValuesGroupsNumbersAndWhatIsNotRecordedInBinsOfTheReference() {
    DriftTally tally = new DriftTally(VISITS, REFERENCE);
    for (int i = 0; i < 100; i++) {
      Row row = visit(i);
      row.clear(VISITS.column("ward"));
      row.put(VISITS.column("falls"), 9 + i % 2);
      row.put(VISITS.column("cause"), "401");
      tally.add(row);
    }
    InputDrift drift = tally.drift();
    assertThat(drift.columns().get(0).column()).isIn("ward", "cause");
    assertThat(drift.column("ward").orElseThrow().bins())
        .containsExactly(
            new DriftBin("surgery", 400, 0),
            new DriftBin("medicine", 500, 0),
            new DriftBin("not recorded", 100, 100));
    assertThat(drift.column("falls").orElseThrow().bins())
        .hasSize(10)
        .startsWith(new DriftBin("0", 100, 0), new DriftBin("1", 100, 0))
        .endsWith(new DriftBin("9 or more", 100, 100));
    assertThat(drift.column("cause").orElseThrow().bins())
        .extracting(DriftBin::actual)
        .containsExactlyInAnyOrder(100L, 0L, 0L);
    assertThat(drift.column("creatinine").orElseThrow().reaches(0.01)).isFalse();
    assertThat(drift.column("falls").orElseThrow().reaches(0.2)).isTrue();
    // e: 0.1 each; a: 105/110 of the last, 0.5/110 of the others, with 5 rows added in sum.
    double last = (100 + 5 * 0.1) / 105;
    double other = 5 * 0.1 / 105;
    assertThat(drift.column("falls").orElseThrow().psi())
        .isCloseTo(
            (last - 0.1) * Math.log(last / 0.1) + 9 * (other - 0.1) * Math.log(other / 0.1),
            within(1e-9));
  }

  @Test
  void makesRangesOfATenthOfTheReferencesRows() {
    assertThat(new DriftTally(VISITS, REFERENCE).drift().column("creatinine").orElseThrow().bins())
        .hasSizeBetween(8, 10)
        .allMatch(bin -> bin.reference() >= 50 && bin.reference() <= 150);
  }

  @Test
  void needsMoreThanChanceToCallAColumnChanged() {
    DriftTally tally = new DriftTally(VISITS, REFERENCE);
    for (int i = 0; i < 4; i++) {
      tally.add(visit(2 * i + 2));
    }
    ColumnDrift ward = tally.drift().column("ward").orElseThrow();
    assertThat(ward.psi()).isGreaterThan(0.2);
    assertThat(ward.reaches(0.2)).isFalse();
  }

  @Test
  void refusesTheProfileOfAnotherContract() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DriftTally(Contract.of(Encounter.getDescriptor()), REFERENCE))
        .withMessageContaining("alta.testing.Visit");
  }
}
