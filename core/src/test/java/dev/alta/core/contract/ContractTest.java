package dev.alta.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.alta.proto.v1.ColumnProto;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.HistoryRule;
import dev.alta.testing.Visit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ContractTest {
  private final Contract contract = Contract.of(Encounter.getDescriptor());

  @Test
  void namesTheFiftyColumnsOfTheDataSet() {
    assertThat(contract.stored()).hasSize(50).isEqualTo(contract.columns().subList(0, 50));
    assertThat(contract.key().name()).isEqualTo("encounter_id");
    assertThat(contract.patient().name()).isEqualTo("patient_nbr");
    assertThat(contract.classes()).containsExactly("NO", ">30", "<30");
  }

  @Test
  void findsAColumnByItsNameInTheDataSet() {
    assertThat(contract.column("A1Cresult")).isSameAs(contract.column("a1c_result"));
    assertThat(contract.column("glyburide-metformin").name()).isEqualTo("glyburide_metformin");
    assertThat(contract.find("nothing")).isEmpty();
  }

  @Test
  void suggestsTheNearestNameForOneThatDoesNotExist() {
    assertThatThrownBy(() -> contract.column("timeInHospitals"))
        .hasMessage(
            "timeInHospitals (expected: a column of alta.v1.Encounter, such as time_in_hospital)");
  }

  @Test
  void requiresWhatIsNeverMissingAndHasNoDefault() {
    assertThat(contract.column("gender").requiredAt(Door.SCORE)).isTrue();
    assertThat(contract.column("race").requiredAt(Door.SCORE)).isFalse();
    assertThat(contract.column("metformin").requiredAt(Door.SCORE)).isFalse();
    assertThat(contract.key().requiredAt(Door.SCORE)).isFalse();
    assertThat(contract.key().requiredAt(Door.STORE)).isTrue();
    assertThat(contract.target().requiredAt(Door.STORE)).isTrue();
  }

  @Test
  void knowsWhatIsMadeFromEarlierEncounters() {
    Column last = contract.column("last_discharge_disposition_id");
    assertThat(last.history())
        .isEqualTo(new History(HistoryRule.LAST, contract.column("discharge_disposition_id")));
    assertThat(last.requiredAt(Door.STORE)).isFalse();
    assertThat(last.requiredAt(Door.SCORE)).isFalse();
    assertThat(last.values()).hasSameSizeAs(contract.column("discharge_disposition_id").values());
    assertThat(last.values()).allMatch(value -> value.excluded().isEmpty());
    assertThat(contract.findStored("last_discharge_disposition_id")).isEmpty();
    assertThat(contract.findStored("diabetesMed")).isPresent();
    assertThat(contract.column("readmitted").history()).isNull();
  }

  @Test
  void sharesOneListOfValuesAmongColumns() {
    assertThat(contract.column("insulin").values()).hasSize(4);
    assertThat(contract.column("insulin").values())
        .isEqualTo(contract.column("metformin").values());
  }

  @Test
  void readsAMessageOfAnotherShape() {
    Contract visits = Contract.of(Visit.getDescriptor());
    assertThat(visits.stored()).hasSize(7);
    assertThat(visits.columns()).hasSize(11);
    assertThat(visits.key().name()).isEqualTo("visit_id");
    assertThat(visits.column("Person-No")).isSameAs(visits.patient());
    assertThat(visits.classes()).containsExactly("no", "yes");
    assertThat(visits.column("creatinine").type()).isEqualTo(Column.Type.DECIMAL);
  }

  @Test
  void refusesAMessageWhoseAnnotationsContradictEachOther() {
    assertRefused(
        field -> field.getOptionsBuilder().clearExtension(ColumnProto.column),
        "alta.testing.Visit.creatinine: no role (expected: an option (alta.v1.column))");
    assertRefused(
        field -> field.clearProto3Optional().clearOneofIndex(),
        "alta.testing.Visit.creatinine: no presence (expected: optional, so that 0 and left out differ)");
    assertRefused(
        field ->
            field
                .getOptionsBuilder()
                .setExtension(
                    ColumnProto.column,
                    dev.alta.proto.v1.Column.newBuilder()
                        .setRole(dev.alta.proto.v1.Role.CATEGORY)
                        .setValueSet("nowhere")
                        .build()),
        "alta.testing.Visit.creatinine: value_set nowhere is not in the message");
    assertRefused(
        field ->
            field
                .getOptionsBuilder()
                .setExtension(
                    ColumnProto.column,
                    dev.alta.proto.v1.Column.newBuilder()
                        .setRole(dev.alta.proto.v1.Role.KEY)
                        .build()),
        "alta.testing.Visit: 2 columns with role KEY (expected: 1)");
  }

  @Test
  void refusesAHistoryThatCannotBeMade() {
    assertRefused(
        field -> history(field, HistoryRule.SUM, ""),
        "alta.testing.Visit.creatinine: history SUM of column '' (expected: COUNT or"
            + " KEYS_SINCE_LAST of none, SUM or LAST of one)");
    assertRefused(
        field -> history(field, HistoryRule.LAST, "ward"),
        "alta.testing.Visit.creatinine: history of column 'ward' (expected: a column of whole"
            + " numbers of alta.testing.Visit that has no history itself)");
    assertRefused(
        field -> history(field, HistoryRule.COUNT, ""),
        "alta.testing.Visit.creatinine: a history (expected: a whole number, int32 or int64)");
  }

  private static void history(
      DescriptorProtos.FieldDescriptorProto.Builder field, HistoryRule rule, String source) {
    field
        .getOptionsBuilder()
        .setExtension(
            ColumnProto.column,
            dev.alta.proto.v1.Column.newBuilder()
                .setRole(dev.alta.proto.v1.Role.NUMBER)
                .setHistory(dev.alta.proto.v1.History.newBuilder().setRule(rule).setColumn(source))
                .build());
  }

  private static void assertRefused(
      Consumer<DescriptorProtos.FieldDescriptorProto.Builder> change, String message) {
    FileDescriptorProto.Builder file = Visit.getDescriptor().getFile().toProto().toBuilder();
    var field =
        file.getMessageTypeBuilder(0).getFieldBuilderList().stream()
            .filter(candidate -> candidate.getName().equals("creatinine"))
            .findFirst()
            .orElseThrow();
    int oneof = field.getOneofIndex();
    change.accept(field);
    if (!field.hasOneofIndex()) {
      // Without presence the synthetic oneof of the field is empty, which protobuf refuses first.
      file.getMessageTypeBuilder(0).removeOneofDecl(oneof);
      file.getMessageTypeBuilder(0)
          .getFieldBuilderList()
          .forEach(
              other -> {
                if (other.hasOneofIndex() && other.getOneofIndex() > oneof) {
                  other.setOneofIndex(other.getOneofIndex() - 1);
                }
              });
    }
    Descriptor changed = build(file.build());
    assertThatThrownBy(() -> Contract.of(changed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Descriptor build(FileDescriptorProto file) {
    try {
      return FileDescriptor.buildFrom(file, new FileDescriptor[] {ColumnProto.getDescriptor()})
          .findMessageTypeByName("Visit");
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void describesTheSameColumnsAfterATripToAWorker() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(contract);
    }
    Contract there;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      there = (Contract) in.readObject();
    }

    assertThat(there.name()).isEqualTo(contract.name());
    assertThat(there.classes()).isEqualTo(contract.classes());
    assertThat(there.columns())
        .extracting(Column::name, Column::role, Column::type, Column::expectation)
        .isEqualTo(
            contract.columns().stream()
                .map(c -> tuple(c.name(), c.role(), c.type(), c.expectation()))
                .toList());
  }
}
