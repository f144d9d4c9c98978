package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.alta.fuzz.Choices;
import dev.alta.fuzz.Expect;
import dev.alta.proto.v1.AliasMove;
import dev.alta.proto.v1.AliasTarget;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Interval;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.SideRows;
import dev.alta.proto.v1.SplitCertificate;
import dev.alta.proto.v1.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON documents of a bucket, and the names of objects there. First byte: which document. */
public final class DocumentTarget {
  private static final ObjectNames NAMES = new ObjectNames("readmission");
  private static final List<Message> DOCUMENTS =
      List.of(
          Manifest.getDefaultInstance(),
          AliasTarget.getDefaultInstance(),
          Decision.getDefaultInstance(),
          SplitCertificate.getDefaultInstance(),
          DataProfile.getDefaultInstance());

  private DocumentTarget() {}

  public static List<byte[]> seeds() {
    return List.of(
        seed(
            0,
            Manifest.newBuilder()
                .setName("readmission")
                .setVersion("3")
                .addObjects(StoredObject.newBuilder().setName("model.pb").setSize(12))
                .setTest(
                    Evaluation.newBuilder()
                        .addAuroc(0.7)
                        .putIntervals("mean_auroc", Interval.newBuilder().setLow(0.6).build()))
                .build()),
        seed(1, AliasTarget.newBuilder().setVersion("3").setDecision(2).build()),
        seed(
            2,
            Decision.newBuilder()
                .setNumber(2)
                .setKind(DecisionKind.PROMOTED)
                .addMoves(AliasMove.newBuilder().setAlias("champion").setTo("3"))
                .build()),
        seed(
            3,
            SplitCertificate.newBuilder()
                .setGeneration(1)
                .putRowsExcluded("died", 4)
                .addSides(SideRows.newBuilder().setSide("train").putRows("NO", 5))
                .build()));
  }

  private static byte[] seed(int which, Message document) {
    byte[] json = Documents.write(document).toByteArray();
    byte[] seed = new byte[json.length + 1];
    seed[0] = (byte) which;
    System.arraycopy(json, 0, seed, 1, json.length);
    return seed;
  }

  public static boolean run(byte[] input) {
    Choices choices = new Choices(input);
    Message.Builder document = DOCUMENTS.get(choices.below(DOCUMENTS.size())).newBuilderForType();
    byte[] bytes = choices.rest();
    names(new String(bytes, StandardCharsets.UTF_8));
    try {
      Documents.read("object", ByteString.copyFrom(bytes), document);
    } catch (RegistryException.Damaged refused) {
      Expect.words(refused.getMessage());
      return false;
    }
    Message read = document.build();
    Message.Builder again = read.newBuilderForType();
    Documents.read("object", Documents.write(read), again);
    Expect.same(again.build(), read, "the document written and read again");
    return true;
  }

  /** No name becomes one that leaves its folder. */
  private static void names(String name) {
    if (ObjectNames.isObject(name)) {
      Expect.that(
          name.indexOf('/') < 0 && !name.startsWith("."), "an object's name that is a path");
    }
    NAMES.versionOf(NAMES.versions() + name).ifPresent(DocumentTarget::positive);
    NAMES.decisionOf(NAMES.decisions() + name).ifPresent(DocumentTarget::positive);
    NAMES
        .aliasOf(NAMES.aliases() + name)
        .ifPresent(alias -> Expect.same(NAMES.alias(alias), NAMES.aliases() + name, "alias"));
  }

  private static void positive(int number) {
    Expect.that(number > 0, "number " + number);
  }
}
