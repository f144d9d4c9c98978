package dev.alta.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.MessageIntake;
import dev.alta.core.contract.RowMessage;
import dev.alta.proto.v1.Encounter;
import java.util.List;

/** An encounter's bytes: the quick check and the thorough one must agree. */
final class MessageTarget {
  private static final MessageIntake QUICK =
      MessageIntake.of(SmallModel.CONTRACT, Encounter.getDefaultInstance());

  private MessageTarget() {}

  static List<byte[]> seeds() {
    Encounter encounter = RowMessage.write(SmallModel.row(), Encounter.newBuilder()).build();
    return List.of(
        encounter.toByteArray(),
        encounter.toBuilder()
            .setDiag1("250.83")
            .setDiag2("V57")
            .setPayerCode("?")
            .build()
            .toByteArray());
  }

  static boolean run(byte[] input) {
    Encounter encounter;
    try {
      encounter = Encounter.parseFrom(input);
    } catch (InvalidProtocolBufferException malformed) {
      return false;
    }
    Checked checked = QUICK.check(encounter);
    Expect.same(
        checked, Intake.check(SmallModel.CONTRACT, Door.SCORE, encounter), "the quick check");
    if (checked instanceof Checked.Rejected rejected) {
      Expect.violations(rejected.violations());
      return false;
    }
    Expect.that(
        encounter.getUnknownFields().equals(UnknownFieldSet.getDefaultInstance()),
        "accepted with fields that are none");
    Encounter written =
        RowMessage.write(((Checked.Accepted) checked).row(), Encounter.newBuilder()).build();
    Expect.same(QUICK.check(written), checked, "the row written as a message");
    return true;
  }
}
