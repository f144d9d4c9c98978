package dev.alta.core.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alta.core.contract.Checked.Accepted;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncounterGeneratorTest {
  private final Contract contract = Contract.of(Encounter.getDescriptor());

  private static List<Row> rows(Contract contract, long seed, int count) {
    EncounterGenerator generator = new EncounterGenerator(contract, Effects.of(contract), seed);
    return IntStream.range(0, count).mapToObj(i -> generator.next()).toList();
  }

  private static void assertKeepsToTheContract(Contract contract) {
    for (Row row : rows(contract, 3, 2_000)) {
      Intake intake = new Intake(contract, Door.STORE);
      contract.columns().forEach(column -> intake.text(column, row.asText(column)));
      assertThat(intake.finish()).isInstanceOf(Accepted.class);
    }
  }

  @Test
  void keepsToTheContract() {
    assertKeepsToTheContract(contract);
  }

  @Test
  void keepsToAContractOfAnotherShape() {
    assertKeepsToTheContract(Contract.of(Visit.getDescriptor()));
  }

  @Test
  void makesTheSameRowsFromTheSameSeed() {
    assertThat(rows(contract, 7, 500)).isEqualTo(rows(contract, 7, 1_000).subList(0, 500));
    assertThat(rows(contract, 7, 500)).isNotEqualTo(rows(contract, 8, 500));
  }

  @Test
  void keepsThePublishedSharesAndMeans() {
    List<Row> rows = rows(contract, 1, 20_000);
    Column target = contract.target();
    for (int i = 0; i < target.values().size(); i++) {
      int position = i;
      double share =
          rows.stream().filter(row -> row.position(target) == position).count() / 20_000.0;
      assertThat(share).isCloseTo(target.shares().get(i), within(0.03));
    }
    Column stay = contract.column("time_in_hospital");
    double mean = rows.stream().mapToDouble(row -> row.number(stay)).average().orElseThrow();
    assertThat(mean).isCloseTo(stay.mean(), within(0.3));
    long patients = rows.stream().map(row -> row.whole(contract.patient())).distinct().count();
    assertThat(patients / 20_000.0).isCloseTo(0.703, within(0.02));
  }

  @Test
  void letsEarlierStaysRaiseTheRisk() {
    List<Row> rows = rows(contract, 1, 20_000);
    Column stays = contract.column("number_inpatient");
    double none = readmitted(rows.stream().filter(row -> row.whole(stays) == 0).toList());
    double many = readmitted(rows.stream().filter(row -> row.whole(stays) >= 3).toList());
    assertThat(many).isGreaterThan(none + 0.15);
  }

  private double readmitted(List<Row> rows) {
    return (double) rows.stream().filter(row -> row.position(contract.target()) > 0).count()
        / rows.size();
  }

  @Test
  void keepsWhatBelongsToThePatient() {
    Column gender = contract.column("gender");
    List<Row> rows = rows(contract, 1, 5_000);
    long pairs =
        rows.stream()
            .map(row -> row.whole(contract.patient()) + " " + row.text(gender))
            .distinct()
            .count();
    long patients = rows.stream().map(row -> row.whole(contract.patient())).distinct().count();
    assertThat(pairs).isEqualTo(patients);
  }

  @Test
  void refusesAnEffectOfSomethingThatIsNotThere() {
    Properties properties = new Properties();
    properties.setProperty("effect.race.Martian", "1");
    assertThatThrownBy(() -> Effects.of(contract, properties))
        .hasMessage("effect.race.Martian (expected: a value listed for race)");
  }
}
