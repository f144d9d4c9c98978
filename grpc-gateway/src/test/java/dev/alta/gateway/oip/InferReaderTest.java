package dev.alta.gateway.oip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Violation;
import dev.alta.proto.inference.ModelInferRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class InferReaderTest {
  @Test
  void namesTheFirstThousandElementsThatAreWrong() {
    List<Violation> violations =
        violations(tensor("age", "[[1,2]" + ",3".repeat(5_000) + "]", "BYTES"));
    assertThat(violations).hasSize(1_000);
    assertThat(violations.get(0).field()).isEqualTo("age[0][0]");
    assertThat(violations.get(2).field()).isEqualTo("age[1]");
  }

  @Test
  void refusesHalfACharacter() {
    assertThat(violations(tensor("gender", "[\"\\ud83d\\ude00\",\"a\\ud83d\"]", "BYTES")))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo("gender[1]");
              assertThat(violation.expected()).startsWith("a text");
            });
  }

  /** To make a place of name and index for each element would take hours. */
  @Test
  void takesNoTimeForALongNameAndManyElements() {
    String body = tensor("x".repeat(1 << 18), "[1" + ",1".repeat(1 << 18) + "]", "INT64");
    assertThat(violations(body))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.field()).isEqualTo("inputs[0].name");
              assertThat(violation.expected()).isEqualTo("a text of at most 256 characters");
            });
  }

  @Test
  void namesTheFirstThousandFieldsThatAreNone() {
    StringBuilder body = new StringBuilder("{\"inputs\":[]");
    for (int i = 0; i < 100_000; i++) {
      body.append(",\"x").append(i).append("\":1");
    }
    assertThat(violations(body + "}")).hasSize(1_000);
  }

  private static String tensor(String name, String data, String datatype) {
    return "{\"inputs\":[{\"name\":\""
        + name
        + "\",\"shape\":[1],\"datatype\":\""
        + datatype
        + "\",\"data\":"
        + data
        + "}]}";
  }

  private static List<Violation> violations(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    InferBody read = new InferReader(bytes, bytes.length, ModelInferRequest.newBuilder()).read();
    assertThat(read).isInstanceOf(InferBody.Wrong.class);
    return ((InferBody.Wrong) read).problem().violations();
  }
}
