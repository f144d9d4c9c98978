package dev.alta.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import dev.alta.core.contract.Checked.Accepted;
import dev.alta.core.contract.Checked.Rejected;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {
  private final Contract contract = Contract.of(Encounter.getDescriptor());

  private Intake good(Door door) {
    Row row = new EncounterGenerator(contract, Effects.of(contract), 1).next();
    Intake intake = new Intake(contract, door);
    for (Column column : contract.columns()) {
      intake.text(column, row.asText(column));
    }
    return intake;
  }

  private Row accepted(Intake intake) {
    return ((Accepted) intake.finish()).row();
  }

  private List<Violation> violations(Intake intake) {
    return ((Rejected) intake.finish()).violations();
  }

  @Test
  void acceptsARowThatKeepsToTheContract() {
    assertThat(good(Door.STORE).finish()).isInstanceOf(Accepted.class);
  }

  @Test
  void namesEveryMissingColumnInTheirOrder() {
    List<Violation> violations = violations(new Intake(contract, Door.STORE));
    assertThat(violations)
        .extracting(Violation::field)
        .containsExactlyElementsOf(
            contract.columns().stream()
                .filter(column -> column.requiredAt(Door.STORE))
                .map(Column::name)
                .toList());
    assertThat(violations.get(0).message())
        .isEqualTo("encounter_id: missing (expected: a whole number from 1 to 9007199254740991)");
  }

  @Test
  void takesWhatIsMadeFromEarlierEncountersWhereARowIsScoredOnly() {
    Column earlier = contract.column("earlier_encounters");
    Intake scored = good(Door.SCORE);
    scored.text(earlier, "3");
    assertThat(accepted(scored).whole(earlier)).isEqualTo(3);

    Intake stored = good(Door.STORE);
    stored.text(earlier, "3");
    assertThat(violations(stored))
        .containsExactly(
            new Violation(
                "earlier_encounters",
                "3",
                "nothing: it is made from the encounters that are stored"));
  }

  @Test
  void collectsAllViolationsAtOnce() {
    Intake intake = good(Door.SCORE);
    intake.text(contract.column("time_in_hospital"), "99");
    intake.text(contract.column("gender"), "F");
    intake.text(contract.column("diag_1"), "25O.83");
    intake.whole(contract.column("race"), 7);
    intake.unknown("agee", "[50-60)");
    assertThat(violations(intake))
        .containsExactly(
            new Violation(
                "race",
                "7",
                "one of AfricanAmerican, Asian, Caucasian, Hispanic, Other, or ? or nothing where it is not recorded"),
            new Violation("gender", "F", "one of Female, Male, Unknown/Invalid"),
            new Violation("time_in_hospital", "99", "a whole number from 1 to 14"),
            new Violation(
                "diag_1",
                "25O.83",
                "an ICD-9 code such as 250.83, 428, V57 or E849, or ? or nothing where it is not recorded"),
            new Violation("agee", "[50-60)", "a column of alta.v1.Encounter, such as age"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "3.0", "3e0", "+3", "03", "0.3e1"})
  void readsExactWholeNumbersInAnyForm(String text) {
    Intake intake = good(Door.STORE);
    Column column = contract.column("time_in_hospital");
    intake.text(column, text);
    assertThat(accepted(intake).whole(column)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.5",
        "three",
        "NaN",
        "Infinity",
        "1e400",
        "1e999999999",
        "1e-999999999",
        " 3",
        "0x3",
        "-1",
        "9223372036854775808",
        "99999999999999999999999999999999999999999999"
      })
  void refusesWhatIsNoWholeNumberInRange(String text) {
    Intake intake = good(Door.STORE);
    intake.text(contract.column("time_in_hospital"), text);
    assertThat(violations(intake)).extracting(Violation::field).containsExactly("time_in_hospital");
  }

  @ParameterizedTest
  @CsvSource({
    "250.83, true", "8, true", "V57, true", "V45.8, true", "E849, true", "E909.1, true",
    "?, true", "250.834, false", "V5, false", "e849, false", "4280, false", "'', true"
  })
  void readsIcd9Codes(String code, boolean good) {
    Intake intake = good(Door.STORE);
    intake.text(contract.column("diag_1"), code);
    assertThat(intake.finish() instanceof Accepted).isEqualTo(good);
  }

  @Test
  void refusesControlCharactersAndLongTextsInOpenColumns() {
    for (String text : List.of("a\u0000b", "a\nb", "x".repeat(65), "\uFFFD")) {
      Intake intake = good(Door.STORE);
      intake.text(contract.column("medical_specialty"), text);
      assertThat(violations(intake)).extracting(Violation::field).contains("medical_specialty");
    }
  }

  @Test
  void takesAnyShortTextInAnOpenColumn() {
    Intake intake = good(Door.STORE);
    intake.text(contract.column("medical_specialty"), "Space medicine");
    assertThat(accepted(intake).text(contract.column("medical_specialty")))
        .isEqualTo("Space medicine");
  }

  @Test
  void cutsLongValuesInViolations() {
    Intake intake = good(Door.STORE);
    intake.text(contract.column("gender"), "x".repeat(10_000));
    assertThat(violations(intake).get(0).value()).hasSize(101);
  }

  @Test
  void storesButDoesNotScoreThoseWhoDied() {
    Intake stored = good(Door.STORE);
    stored.text(contract.column("discharge_disposition_id"), "11");
    assertThat(stored.finish()).isInstanceOf(Accepted.class);

    Intake scored = good(Door.SCORE);
    scored.text(contract.column("discharge_disposition_id"), "11");
    assertThat(violations(scored).get(0).message())
        .isEqualTo(
            "discharge_disposition_id: 11 (expected: a value of an encounter that can be followed"
                + " by a readmission; Expired is excluded: died or in hospice care)");
  }

  @Test
  void readsAMessageAndRefusesFieldsItDoesNotKnow() {
    Encounter message =
        Encounter.newBuilder()
            .setTimeInHospital(0)
            .setRace("?")
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    List<Violation> violations =
        ((Rejected) Intake.check(contract, Door.SCORE, message)).violations();
    assertThat(violations)
        .extracting(Violation::message)
        .contains(
            "time_in_hospital: 0 (expected: a whole number from 1 to 14)",
            "field number 999: given (expected: a field of alta.v1.Encounter)")
        .noneMatch(text -> text.startsWith("race"));
  }

  @Test
  void checksAMessageOfAnotherShape() {
    Contract visits = Contract.of(Visit.getDescriptor());
    Visit good = Visit.newBuilder().setCreatinine(1.25).setCause("428").setWard("surgery").build();
    Row row = ((Accepted) Intake.check(visits, Door.SCORE, good)).row();
    assertThat(row.number(visits.column("creatinine"))).isEqualTo(1.25);

    Visit bad = good.toBuilder().setCreatinine(Double.NaN).setWard("hospice").build();
    assertThat(((Rejected) Intake.check(visits, Door.SCORE, bad)).violations())
        .extracting(Violation::field)
        .containsExactly("ward", "creatinine");
  }

  @Test
  void keepsNegativeZeroApartFromNotRecorded() {
    Contract visits = Contract.of(Visit.getDescriptor());
    Row row = new Row(visits);
    row.put(visits.column("creatinine"), -0.0);
    assertThat(row.recorded(visits.column("creatinine"))).isTrue();
    assertThat(row.number(visits.column("creatinine"))).isZero();
  }
}
