package dev.alta.scorer.log;

import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.SpooledAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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
    long latencyNanos)
    implements Entry {
  SpooledAnswer record() {
    return SpooledAnswer.newBuilder()
        .setEncounter(encounter)
        .setResponse(response)
        .setModelName(modelName)
        .setMostUrgentClass(mostUrgentClass)
        .setAnsweredAtMicros(ChronoUnit.MICROS.between(Instant.EPOCH, at))
        .setLatencyNanos(latencyNanos)
        .build();
  }
}
