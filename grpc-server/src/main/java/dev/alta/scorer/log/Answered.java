package dev.alta.scorer.log;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.alta.database.LoggedPrediction;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictResponse;
import java.time.Instant;

/**
 * A prediction that was answered, as cheap as it can be to note on the way of the answer; the
 * writer turns it into what is kept.
 *
 * @param latencyNanos from the request's arrival to its answer
 */
public record Answered(
    Encounter encounter,
    PredictResponse response,
    String modelName,
    String mostUrgentClass,
    Instant at,
    long latencyNanos) {
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

  LoggedPrediction logged() {
    return new LoggedPrediction(
        response.getRequestId(),
        at,
        modelName,
        response.getModelAlias(),
        response.getModelVersion(),
        json(),
        response.getPrediction(),
        response.getProbabilitiesMap(),
        response.getProbabilitiesOrDefault(mostUrgentClass, 0),
        response.getRisk().name(),
        latencyNanos / 1000);
  }

  private String json() {
    try {
      return JSON.print(encounter);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException("an encounter has no Any that could not print", impossible);
    }
  }
}
