package dev.alta.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.InputColumn;
import dev.alta.proto.v1.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignatureTest {
  @Test
  void saysTheColumnsThatAreReadAndNoOthers() {
    Encoder encoder =
        Encoder.newBuilder()
            .addFeatures(Feature.newBuilder().setName("falls").setColumn("falls"))
            .addFeatures(Feature.newBuilder().setName("ward=surgery").setColumn("ward"))
            .addFeatures(Feature.newBuilder().setName("ward=medicine").setColumn("ward"))
            .build();
    List<InputColumn> signature = Signature.of(VisitModels.CONTRACT, encoder);
    assertThat(signature).extracting(InputColumn::getName).containsExactly("ward", "falls");
    assertThat(signature.get(1))
        .isEqualTo(
            InputColumn.newBuilder()
                .setName("falls")
                .setRole(Role.NUMBER)
                .setType("whole number")
                .setRequired(false)
                .setExpected("a whole number from 0 to 20")
                .build());
  }
}
