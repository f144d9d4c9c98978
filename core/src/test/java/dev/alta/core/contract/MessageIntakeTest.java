package dev.alta.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That messages are checked as {@link Intake} checks them, which is slower and has the words. */
final class MessageIntakeTest {
  private static final int MESSAGES = 4_000;
  private static final List<String> ODD =
      List.of(
          "", "?", "n/a", "None", " ", "No ", "no", "V57", "E849.12", "250.83", "25O", "\u0007");

  private final SplittableRandom random = new SplittableRandom(1);

  static List<Message> contracts() {
    return List.of(Encounter.getDefaultInstance(), Visit.getDefaultInstance());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void comesToTheSameOutcomeWhateverAMessageSays(Message example) {
    Contract contract = Contract.of(example.getDescriptorForType());
    MessageIntake intake = MessageIntake.of(contract, example);
    int accepted = 0;
    for (int i = 0; i < MESSAGES; i++) {
      // From messages with nothing wrong to some with much.
      Message message = message(contract, example, random.nextInt(4) == 0 ? 20 : 200 * (i % 5));
      Checked found = intake.check(message);
      assertThat(found).isEqualTo(Intake.check(contract, Door.SCORE, message));
      accepted += found instanceof Checked.Accepted ? 1 : 0;
    }
    assertThat(accepted).isGreaterThan(MESSAGES / 10).isLessThan(MESSAGES - MESSAGES / 100);
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void comesToTheSameOutcomeForEachValueByItself(Message example) {
    Contract contract = Contract.of(example.getDescriptorForType());
    MessageIntake intake = MessageIntake.of(contract, example);
    Message right = message(contract, example, 0);
    for (Column column : contract.columns()) {
      for (int i = 0; i < 300; i++) {
        Message.Builder one = right.toBuilder().setField(column.field(), any(column));
        assertThat(intake.check(one.build()))
            .isEqualTo(Intake.check(contract, Door.SCORE, one.build()));
      }
      Message without = right.toBuilder().clearField(column.field()).build();
      assertThat(intake.check(without)).isEqualTo(Intake.check(contract, Door.SCORE, without));
    }
  }

  @Test
  void givesTheListsOwnTexts() {
    Contract contract = Contract.of(Encounter.getDescriptor());
    Message message = message(contract, Encounter.getDefaultInstance(), 0);
    Checked checked = MessageIntake.of(contract, message).check(message);
    Column column = contract.column("gender");
    Row row = ((Checked.Accepted) checked).row();
    // Which only the way without Intake does.
    assertThat(row.text(column)).isSameAs(column.values().get(row.position(column)).value());
  }

  @Test
  void namesFieldsThatTheContractDoesNotHave() {
    Contract contract = Contract.of(Encounter.getDescriptor());
    Message message =
        message(contract, Encounter.getDefaultInstance(), 0).toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(9_999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build())
            .build();
    assertThat(MessageIntake.of(contract, message).check(message))
        .isEqualTo(Intake.check(contract, Door.SCORE, message))
        .isInstanceOf(Checked.Rejected.class);
  }

  @Test
  void refusesMessagesOfAnotherContract() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MessageIntake.of(
                    Contract.of(Encounter.getDescriptor()), Visit.getDefaultInstance()))
        .withMessageContaining("expected: alta.v1.Encounter");
  }

  /** One value in {@code oneIn} is any; the others are right or left out. */
  private Message message(Contract contract, Message example, int oneIn) {
    Message.Builder message = example.newBuilderForType();
    for (Column column : contract.columns()) {
      if (oneIn > 0 && random.nextInt(oneIn) == 0) {
        message.setField(column.field(), any(column));
      } else if (column.requiredAt(Door.SCORE) || random.nextInt(3) > 0) {
        message.setField(column.field(), right(column));
      }
    }
    return message.build();
  }

  private Object right(Column column) {
    List<String> ordinary =
        column.values().stream()
            .filter(v -> v.excluded().isEmpty())
            .map(Column.Value::value)
            .toList();
    boolean listed = !ordinary.isEmpty();
    String value = listed ? ordinary.get(random.nextInt(ordinary.size())) : "428";
    double number =
        column.min() + random.nextInt(1 + (int) Math.min(9, column.max() - column.min()));
    return switch (column.field().getJavaType()) {
      case STRING -> value;
      case INT -> listed ? Integer.parseInt(value) : (int) number;
      case LONG -> listed ? Long.parseLong(value) : (long) number;
      case FLOAT -> (float) number;
      default -> number;
    };
  }

  private Object any(Column column) {
    FieldDescriptor.JavaType type = column.field().getJavaType();
    return switch (type) {
      case STRING -> text(column);
      case INT -> (int) number(column);
      case LONG -> (long) number(column);
      case FLOAT -> (float) number(column);
      default -> number(column);
    };
  }

  private String text(Column column) {
    return switch (random.nextInt(5)) {
      case 0 -> ODD.get(random.nextInt(ODD.size()));
      case 1 -> "x".repeat(60 + random.nextInt(8));
      case 2 -> {
        // Nearly a code.
        StringBuilder code = new StringBuilder();
        for (int i = random.nextInt(7); i >= 0; i--) {
          code.append("0123456789..VE9".charAt(random.nextInt(15)));
        }
        yield code.toString();
      }
      case 3 -> new String(Character.toChars(random.nextInt(0x2000))) + "a";
      default ->
          column.values().isEmpty()
              ? "1"
              : column.values().get(random.nextInt(column.values().size())).value();
    };
  }

  private double number(Column column) {
    return switch (random.nextInt(8)) {
      case 0 -> column.min();
      case 1 -> column.max();
      case 2 -> column.min() - 1;
      case 3 -> column.max() + 1;
      case 4 -> Double.NaN;
      case 5 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : -0.0;
      default -> random.nextInt(-3, 40);
    };
  }
}
