package dev.alta.scorer.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import dev.alta.model.bundle.Prediction;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.PredictBatchResponse;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.Risk;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AnswerFormTest {
  private static final List<String> CLASSES = List.of("NO", ">30", "<30");

  @Test
  void writesTheBytesThatProtobufWould() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      String alias = text(random);
      String version = text(random);
      String id = text(random);
      Prediction prediction = prediction(random);

      assertThat(new AnswerForm(CLASSES, alias, version).write(prediction, id))
          .as("alias %s, version %s, id %s, %s", alias, version, id, prediction)
          .isEqualTo(message(prediction, alias, version, id).toByteString());
    }
  }

  @Test
  void writesABatchOfAnswersAndErrorsAsProtobufWould() {
    SplittableRandom random = new SplittableRandom(2);
    AnswerForm form = new AnswerForm(CLASSES, "champion", "7");
    BatchForm batch = new BatchForm();
    PredictBatchResponse.Builder expected =
        PredictBatchResponse.newBuilder()
            .setModelAlias("champion")
            .setModelVersion("7")
            .setRequestId("b");
    for (int i = 0; i < 500; i++) {
      if (random.nextInt(4) == 0) {
        Status error = Status.newBuilder().setCode(3).setMessage("m".repeat(i)).build();
        batch.error(error);
        expected.addItems(BatchItem.newBuilder().setError(error));
      } else {
        Prediction prediction = prediction(random);
        batch.prediction(form.write(prediction, "b-" + i));
        expected.addItems(
            BatchItem.newBuilder().setPrediction(message(prediction, "champion", "7", "b-" + i)));
      }
    }

    assertThat(batch.write("champion", "7", "b")).isEqualTo(expected.build().toByteString());
  }

  /** Zeros often, as proto3 leaves them out. */
  private static Prediction prediction(SplittableRandom random) {
    return new Prediction(
        random.nextInt(CLASSES.size()),
        List.of(number(random), number(random), number(random)),
        number(random),
        number(random),
        Risk.forNumber(random.nextInt(1, 4)),
        number(random));
  }

  private static double number(SplittableRandom random) {
    return random.nextInt(4) == 0 ? 0 : random.nextDouble(-1, 100);
  }

  private static String text(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> "patiënt 患者 😀";
      case 2 -> "x".repeat(random.nextInt(300));
      default -> Long.toHexString(random.nextLong());
    };
  }

  private static PredictResponse message(
      Prediction prediction, String alias, String version, String id) {
    PredictResponse.Builder message =
        PredictResponse.newBuilder()
            .setPrediction(CLASSES.get(prediction.best()))
            .setProbabilityReadmitted(prediction.probabilityReadmitted())
            .setProbabilityWithin30Days(prediction.probabilityMostUrgent())
            .setRisk(prediction.risk())
            .setRiskPercentile(prediction.riskPercentile())
            .setModelAlias(alias)
            .setModelVersion(version)
            .setRequestId(id);
    for (int i = 0; i < CLASSES.size(); i++) {
      message.putProbabilities(CLASSES.get(i), prediction.probabilities().get(i));
    }
    return message.build();
  }
}
