package dev.alta.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RowMessageTest {
  static List<Message> contracts() {
    return List.of(Encounter.getDefaultInstance(), Visit.getDefaultInstance());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void setsWhatIsRecordedAndNothingElse(Message example) {
    Contract contract = Contract.of(example.getDescriptorForType());
    // Each column by itself, so that one written into another's field is found.
    for (Column column : contract.columns()) {
      Row row = new Row(contract);
      Message.Builder expected = example.newBuilderForType();
      switch (column.field().getJavaType()) {
        case INT -> {
          row.put(column, 7L);
          expected.setField(column.field(), 7);
        }
        case LONG -> {
          row.put(column, 7L << 40);
          expected.setField(column.field(), 7L << 40);
        }
        case FLOAT -> {
          row.put(column, 7.25);
          expected.setField(column.field(), 7.25f);
        }
        case DOUBLE -> {
          row.put(column, 7.1);
          expected.setField(column.field(), 7.1);
        }
        default -> {
          row.put(column, "seven");
          expected.setField(column.field(), "seven");
        }
      }
      assertThat(RowMessage.write(row, example.newBuilderForType()).build())
          .isEqualTo(expected.build());
    }
  }

  @Test
  void takesOnlyTheGeneratedClass() {
    Row row = new Row(Contract.of(Encounter.getDescriptor()));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> RowMessage.write(row, DynamicMessage.newBuilder(Encounter.getDescriptor())))
        .withMessageContaining("DynamicMessage");
  }
}
