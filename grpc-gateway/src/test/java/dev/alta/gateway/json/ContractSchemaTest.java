package dev.alta.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContractSchemaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void describesEveryColumnOfTheContract() throws Exception {
    Contract contract = Contract.of(Encounter.getDescriptor());
    JsonNode schema = MAPPER.readTree(ContractSchema.of(contract));

    List<String> expected = new ArrayList<>(contract.columns().stream().map(Column::name).toList());
    expected.add("request_id");
    assertThat(schema.get("properties").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(expected);
    assertThat(schema.get("required"))
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(
            contract.columns().stream()
                .filter(column -> column.requiredAt(Door.SCORE))
                .map(Column::name)
                .toList());
  }

  @Test
  void saysWhatAFormNeeds() throws Exception {
    JsonNode columns =
        MAPPER
            .readTree(ContractSchema.of(Contract.of(Encounter.getDescriptor())))
            .get("properties");

    JsonNode days = columns.get("time_in_hospital");
    assertThat(days.get("type").asText()).isEqualTo("integer");
    assertThat(days.get("minimum").asInt()).isEqualTo(1);
    assertThat(days.get("maximum").asInt()).isEqualTo(14);
    assertThat(days.get("x-mean").asDouble()).isEqualTo(4.4);
    assertThat(days.get("x-unit").asText()).isEqualTo("days");
    JsonNode disposition = columns.get("discharge_disposition_id");
    assertThat(disposition.get("enum"))
        .extracting(JsonNode::asInt)
        .contains(1, 30)
        .doesNotContain(11);
    assertThat(disposition.get("x-excluded").get(0).get("reason").asText())
        .isEqualTo("died or in hospice care");
    assertThat(disposition.get("x-values").get(0).get("text").asText())
        .isEqualTo("Discharged to home");
    assertThat(columns.get("insulin").get("default").asText()).isEqualTo("No");
    assertThat(columns.get("race").get("x-missing").asText()).isEqualTo("?");
    assertThat(columns.get("race").get("enum")).extracting(JsonNode::asText).contains("?");
    assertThat(columns.get("payer_code").has("enum")).isFalse();
    assertThat(columns.get("diag_1").get("x-code-system").asText()).isEqualTo("ICD9");
  }

  @Test
  void describesAnotherContract() throws Exception {
    JsonNode schema = MAPPER.readTree(ContractSchema.of(Contract.of(Visit.getDescriptor())));

    assertThat(schema.get("title").asText()).isEqualTo("Visit");
    assertThat(schema.get("required"))
        .extracting(JsonNode::asText)
        .containsExactly("creatinine", "cause");
    assertThat(schema.get("properties").get("creatinine").get("type").asText()).isEqualTo("number");
    assertThat(schema.get("properties").get("falls").get("default").asInt()).isZero();
    assertThat(schema.get("properties").get("ward").get("enum"))
        .extracting(JsonNode::asText)
        .containsExactly("surgery", "medicine", "n/a");
    assertThat(schema.get("x-target").get("x-values"))
        .extracting(value -> value.get("value").asText())
        .containsExactly("no", "yes");
  }
}
