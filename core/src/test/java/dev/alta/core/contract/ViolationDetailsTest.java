package dev.alta.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ViolationDetailsTest {
  @Test
  void writesValueAndExpectationAndReadsThemBack() {
    List<Violation> violations =
        List.of(
            new Violation("time_in_hospital", "99", "a whole number from 1 to 14"),
            new Violation("age", "", "one of [0-10), [10-20)"),
            new Violation("request_id", "…", "a text (of 1 to 128 characters)"));

    BadRequest details = ViolationDetails.write(violations);

    assertThat(details.getFieldViolations(0).getDescription())
        .isEqualTo("99 (expected: a whole number from 1 to 14)");
    assertThat(details.getFieldViolations(1).getDescription()).startsWith("missing (expected: ");
    assertThat(ViolationDetails.read(details)).isEqualTo(violations);
  }

  @Test
  void keepsADescriptionOfAnotherForm() {
    BadRequest details =
        BadRequest.newBuilder()
            .addFieldViolations(
                BadRequest.FieldViolation.newBuilder().setField("x").setDescription("too odd"))
            .build();

    assertThat(ViolationDetails.read(details)).containsExactly(new Violation("x", "", "too odd"));
  }

  @Test
  void cutsALongValueBetweenCharacters() {
    Violation violation = new Violation("x", "a".repeat(99) + "😀 and more", "less");

    assertThat(violation.value()).isEqualTo("a".repeat(99) + "…");
  }
}
