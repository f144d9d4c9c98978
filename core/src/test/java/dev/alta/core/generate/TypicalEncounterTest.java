package dev.alta.core.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Checked.Accepted;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import org.junit.jupiter.api.Test;

class TypicalEncounterTest {
  private static void assertCanBeScored(Contract contract) {
    Row row = TypicalEncounter.of(contract);
    Intake intake = new Intake(contract, Door.SCORE);
    contract.columns().forEach(column -> intake.text(column, row.asText(column)));
    assertThat(intake.finish()).isInstanceOf(Accepted.class);
  }

  @Test
  void canBeScored() {
    assertCanBeScored(Contract.of(Encounter.getDescriptor()));
  }

  @Test
  void canBeScoredUnderAContractOfAnotherShape() {
    assertCanBeScored(Contract.of(Visit.getDescriptor()));
  }

  @Test
  void isWhatMostEncountersAreLike() {
    Contract contract = Contract.of(Encounter.getDescriptor());
    Row row = TypicalEncounter.of(contract);
    assertThat(row.asText(contract.column("age"))).isEqualTo("[70-80)");
    assertThat(row.asText(contract.column("time_in_hospital"))).isEqualTo("4");
    assertThat(row.recorded(contract.column("race"))).isFalse();
  }
}
