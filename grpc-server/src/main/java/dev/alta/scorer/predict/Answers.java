package dev.alta.scorer.predict;

import dev.alta.model.bundle.Prediction;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.scorer.swap.LiveModel;
import java.util.List;

/** A model's answer as the message that goes out. */
final class Answers {
  private Answers() {}

  static PredictResponse of(LiveModel model, Prediction prediction, String requestId) {
    List<String> classes = model.predictor().classes();
    PredictResponse.Builder answer =
        PredictResponse.newBuilder()
            .setPrediction(classes.get(prediction.best()))
            .setProbabilityReadmitted(prediction.probabilityReadmitted())
            .setProbabilityWithin30Days(prediction.probabilityMostUrgent())
            .setRisk(prediction.risk())
            .setRiskPercentile(prediction.riskPercentile())
            .setModelAlias(model.alias())
            .setModelVersion(model.version())
            .setRequestId(requestId);
    for (int i = 0; i < classes.size(); i++) {
      answer.putProbabilities(classes.get(i), prediction.probabilities().get(i));
    }
    return answer.build();
  }
}
