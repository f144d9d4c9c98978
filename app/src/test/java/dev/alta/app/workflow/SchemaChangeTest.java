package dev.alta.app.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.ColumnProfile;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.InputColumn;
import dev.alta.proto.v1.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchemaChangeTest {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());

  private static InputColumn column(String name, String expected) {
    return InputColumn.newBuilder()
        .setName(name)
        .setRole(Role.NUMBER)
        .setExpected(expected)
        .build();
  }

  @Test
  void findsNothingWhereTheContractIsAsItWas() {
    DataProfile.Builder profile = DataProfile.newBuilder();
    CONTRACT
        .columns()
        .forEach(c -> profile.addColumns(ColumnProfile.newBuilder().setName(c.name())));
    InputColumn same =
        column("time_in_hospital", CONTRACT.column("time_in_hospital").expectation());
    assertThat(SchemaChange.between(CONTRACT, List.of(same), Optional.of(profile.build())))
        .isEmpty();
    assertThat(SchemaChange.between(CONTRACT, List.of(), Optional.empty())).isEmpty();
  }

  @Test
  void namesColumnsThatAreGoneNewOrAcceptOtherValues() {
    DataProfile.Builder profile = DataProfile.newBuilder();
    CONTRACT.columns().stream()
        .filter(column -> !column.name().equals("insulin"))
        .forEach(c -> profile.addColumns(ColumnProfile.newBuilder().setName(c.name())));
    assertThat(
            SchemaChange.between(
                CONTRACT,
                List.of(
                    column("bmi", "a number"),
                    column("time_in_hospital", "a whole number from 1 to 7")),
                Optional.of(profile.build())))
        .containsExactly(
            "bmi is gone", "time_in_hospital is now a whole number from 1 to 14", "insulin is new");
  }
}
