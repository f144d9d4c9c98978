package dev.alta.gateway.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.RowMessage;
import dev.alta.core.contract.Violation;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EncounterReaderTest {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String TYPICAL = TypicalEncounter.of(CONTRACT);

  private final EncounterReader reader = new EncounterReader(CONTRACT);

  @Test
  void readsATypicalEncounter() {
    Encounter encounter = RowMessage.write(accepted(TYPICAL).row(), Encounter.newBuilder()).build();

    assertThat(encounter.getTimeInHospital()).isEqualTo(4);
    assertThat(encounter.getAge()).isEqualTo("[70-80)");
    assertThat(encounter.getAdmissionTypeId()).isEqualTo(1);
    assertThat(encounter.hasPatientNbr()).isFalse();
  }

  @Test
  void readsEveryNameOfAColumn() {
    Row proto = accepted(with("a1c_result", "\">8\"", "glyburide_metformin", "\"Up\"")).row();
    Row source = accepted(with("A1Cresult", "\">8\"", "glyburide-metformin", "\"Up\"")).row();
    Row camel = accepted(with("a1cResult", "\">8\"", "glyburideMetformin", "\"Up\"")).row();

    assertThat(source).isEqualTo(proto);
    assertThat(camel).isEqualTo(proto);
    assertThat(proto.text(CONTRACT.column("glyburide_metformin"))).isEqualTo("Up");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "\"3\"", "3.0", "\"3.0\"", "3e0", "30e-1"})
  void readsAWholeNumberHoweverItIsWritten(String three) {
    Row row = accepted(with("time_in_hospital", three, "admission_type_id", three)).row();

    assertThat(row.whole(CONTRACT.column("time_in_hospital"))).isEqualTo(3);
    assertThat(row.whole(CONTRACT.column("admission_type_id"))).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time_in_hospital | [3]    | a list",
        "time_in_hospital | {}     | an object",
        "time_in_hospital | true   | true",
        "time_in_hospital | 3.5    | 3.5",
        "time_in_hospital | \"3 \" | 3 ",
        "time_in_hospital | \"3d\" | 3d",
        "time_in_hospital | 0      | 0",
        "time_in_hospital | 15     | 15",
        "time_in_hospital | 1e400  | 1e400",
        "time_in_hospital | NaN    | NaN",
        "time_in_hospital | -Infinity | -Infinity",
        "time_in_hospital | 1e999999999 | 1e999999999",
        "time_in_hospital | 99999999999999999999 | 99999999999999999999",
        "age              | 5      | 5",
        "diag_1           | 428    | 428",
        "age              | \"[0-5)\" | [0-5)",
        "gender           | false  | false",
        "payer_code       | \"\\ud800\" | \ud800",
        "payer_code       | \"a\\u0085\" | a\u0085",
        "discharge_disposition_id | 11 | 11",
        "patient_nbr      | 1.5    | 1.5",
      },
      ignoreLeadingAndTrailingWhitespace = true)
  void refusesWhatIsNoValueOfTheColumn(String column, String json, String shown) {
    List<Violation> violations = refused(with(column, json));

    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).field()).isEqualTo(column);
    assertThat(violations.get(0).value().strip()).isEqualTo(shown.strip());
    assertThat(violations.get(0).expected()).isNotEmpty();
  }

  @Test
  void takesNullForNotGiven() {
    assertThat(accepted(with("race", "null", "insulin", "null")).row())
        .satisfies(row -> assertThat(row.recorded(CONTRACT.column("race"))).isFalse());
    assertThat(refused(with("age", "null")))
        .extracting(Violation::field, Violation::value)
        .containsExactly(tuple("age", ""));
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    String allWrong =
        CONTRACT.columns().stream()
            .map(column -> "\"" + column.name() + "\":[1,{\"a\":2}]")
            .collect(Collectors.joining(",", "{", "}"));

    assertThat(refused(allWrong))
        .extracting(Violation::field)
        .containsExactlyElementsOf(
            CONTRACT.columns().stream().map(column -> column.name()).toList());
  }

  @Test
  void namesAllRequiredColumnsForAnEmptyObject() {
    assertThat(refused("{}"))
        .extracting(Violation::field)
        .contains("age", "gender", "time_in_hospital", "number_inpatient")
        .doesNotContain("encounter_id", "race", "insulin", "readmitted");
  }

  @Test
  void suggestsTheNearestNameForAnUnknownOne() {
    assertThat(refused(with("time_in_hospitl", "3")))
        .containsExactly(
            new Violation(
                "time_in_hospitl", "3", "a column of alta.v1.Encounter, such as time_in_hospital"));
  }

  @Test
  void refusesAColumnThatIsGivenTwice() {
    assertThat(refused("{\"age\":\"[0-10)\"," + TYPICAL.substring(1)))
        .extracting(Violation::message)
        .containsExactly("age: [70-80) (expected: given once, but it is there twice)");
    assertThat(refused(with("A1Cresult", "\">7\"", "a1c_result", "\">8\"")))
        .extracting(Violation::message)
        .containsExactly(
            "a1c_result: >8 (expected: given once, but it is there also as A1Cresult)");
  }

  @Test
  void stopsNamingUnknownFieldsAtAHundred() {
    String many =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "\"f" + i + "\":1")
            .collect(Collectors.joining(",", "{", "," + TYPICAL.substring(1)));

    List<Violation> violations = refused(many);

    assertThat(violations).hasSize(101);
    assertThat(violations.get(100).value()).isEqualTo("49900 more unknown fields");
  }

  @Test
  void readsTheRequestIdBesideTheColumns() {
    assertThat(accepted(with("request_id", "\"abc\"")).requestId()).isEqualTo("abc");
    assertThat(accepted(TYPICAL).requestId()).isEmpty();
    assertThat(refused(with("request_id", "\"" + "x".repeat(129) + "\"")))
        .extracting(Violation::field)
        .containsExactly("request_id");
    assertThat(refused(with("request_id", "7")))
        .extracting(Violation::field)
        .containsExactly("request_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``              | the body is empty",
        "`   `           | the body is empty",
        "[]              | the body is a list",
        "[[[[            | the body is a list",
        "3               | the body is a number",
        "\"age\"         | the body is a text",
        "null            | the body is null",
        "{} {}           | the body goes on",
        "{} x            | the body is not valid JSON at line 1",
        "{\"age\":       | the body ends before its JSON does",
        "{\"age\" 3}     | the body is not valid JSON",
        "{'age':3}       | the body is not valid JSON",
        "{\"age\":3,}    | the body is not valid JSON",
      })
  void saysWhatTheBodyIsInstead(String json, String detail) {
    assertThat(reader.read(json.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Body.Malformed.class,
            malformed ->
                assertThat(malformed.detail())
                    .startsWith(detail)
                    .contains("expected: a JSON object")
                    .doesNotContain("jackson", "Feature"));
  }

  @Test
  void refusesDeepNestingAndBytesThatAreNoText() {
    String deep = "{\"age\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertThat(reader.read(deep.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Body.Malformed.class,
            malformed -> assertThat(malformed.detail()).contains("nested more than"));
    assertThat(reader.read(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"'}))
        .isInstanceOfSatisfying(
            Body.Malformed.class,
            malformed -> assertThat(malformed.detail()).contains("not UTF-8"));
    assertThat(reader.read(("\uFEFF" + TYPICAL).getBytes(UTF_8))).isInstanceOf(Body.Accepted.class);
  }

  @Test
  void readsAnotherContract() {
    Contract contract = Contract.of(Visit.getDescriptor());
    EncounterReader visits = new EncounterReader(contract);

    Body body =
        visits.read(
            "{\"ward\":\"surgery\",\"creatinine\":1.25,\"cause\":\"V57\",\"Person-No\":9}"
                .getBytes(UTF_8));

    assertThat(body).isInstanceOf(Body.Accepted.class);
    Visit visit = RowMessage.write(((Body.Accepted) body).row(), Visit.newBuilder()).build();
    assertThat(visit)
        .isEqualTo(
            Visit.newBuilder()
                .setWard("surgery")
                .setCreatinine(1.25)
                .setCause("V57")
                .setPerson(9)
                .build());
    assertThat(visits.read(TypicalEncounter.of(contract).getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Body.Refused.class,
            refused ->
                // The contract knows no frequent diagnosis of a visit.
                assertThat(refused.violations())
                    .extracting(Violation::field)
                    .containsExactly("cause"));
  }

  private Body.Accepted accepted(String json) {
    Body body = reader.read(json.getBytes(UTF_8));
    assertThat(body).isInstanceOf(Body.Accepted.class);
    return (Body.Accepted) body;
  }

  private List<Violation> refused(String json) {
    Body body = reader.read(json.getBytes(UTF_8));
    assertThat(body).isInstanceOf(Body.Refused.class);
    return ((Body.Refused) body).violations();
  }

  /** The typical encounter with these columns in place of its own. */
  private static String with(String... namesAndValues) {
    StringBuilder json = new StringBuilder("{");
    String rest = TYPICAL.substring(1);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = namesAndValues[i];
      json.append('"').append(name).append("\":").append(namesAndValues[i + 1]).append(',');
      String column = CONTRACT.find(name).map(found -> found.name()).orElse(name);
      for (String known : List.of(column, "a1cResult".equals(name) ? "a1c_result" : column)) {
        rest = rest.replaceFirst("\"" + known + "\":(\"[^\"]*\"|[0-9.]+),?", "");
      }
    }
    return json + rest;
  }
}
