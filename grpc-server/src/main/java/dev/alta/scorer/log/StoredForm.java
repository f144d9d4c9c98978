package dev.alta.scorer.log;

import dev.alta.database.LoggedPrediction;
import dev.alta.database.SpooledPrediction;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.SpooledAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A record of the spool in the form of the table. */
final class StoredForm {
  private StoredForm() {}

  static SpooledPrediction of(long sequence, SpooledAnswer answer) {
    PredictResponse response = answer.getResponse();
    return new SpooledPrediction(
        sequence,
        new LoggedPrediction(
            response.getRequestId(),
            Instant.EPOCH.plus(answer.getAnsweredAtMicros(), ChronoUnit.MICROS),
            answer.getModelName(),
            response.getModelAlias(),
            response.getModelVersion(),
            FieldsJson.of(answer.getEncounter()),
            response.getPrediction(),
            response.getProbabilitiesMap(),
            response.getProbabilitiesOrDefault(answer.getMostUrgentClass(), 0),
            response.getRisk().name(),
            answer.getLatencyNanos() / 1000));
  }
}
