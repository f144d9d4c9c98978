package dev.alta.scorer.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.alta.proto.v1.SpooledAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A prediction that was answered.
 *
 * @param encounter as it was received: an {@code Encounter}
 * @param response as it went out: a {@code PredictResponse}
 * @param riskPercentile from the response
 * @param latencyNanos from the request's arrival to its answer
 */
public record Answered(
    ByteString encounter,
    ByteString response,
    String requestId,
    String modelName,
    String modelVersion,
    String mostUrgentClass,
    double riskPercentile,
    Instant at,
    long latencyNanos) {

  private long atMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  /** What is kept of it. */
  Payload payload() {
    byte[] bytes = new byte[size()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      write(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
    out.checkNoSpaceLeft();
    return new Payload(bytes);
  }

  private int size() {
    return CodedOutputStream.computeBytesSize(SpooledAnswer.ENCOUNTER_FIELD_NUMBER, encounter)
        + CodedOutputStream.computeBytesSize(SpooledAnswer.RESPONSE_FIELD_NUMBER, response)
        + CodedOutputStream.computeStringSize(SpooledAnswer.MODEL_NAME_FIELD_NUMBER, modelName)
        + CodedOutputStream.computeStringSize(
            SpooledAnswer.MOST_URGENT_CLASS_FIELD_NUMBER, mostUrgentClass)
        + CodedOutputStream.computeInt64Size(
            SpooledAnswer.ANSWERED_AT_MICROS_FIELD_NUMBER, atMicros())
        + CodedOutputStream.computeInt64Size(
            SpooledAnswer.LATENCY_NANOS_FIELD_NUMBER, latencyNanos);
  }

  private void write(CodedOutputStream out) throws IOException {
    out.writeBytes(SpooledAnswer.ENCOUNTER_FIELD_NUMBER, encounter);
    out.writeBytes(SpooledAnswer.RESPONSE_FIELD_NUMBER, response);
    out.writeString(SpooledAnswer.MODEL_NAME_FIELD_NUMBER, modelName);
    out.writeString(SpooledAnswer.MOST_URGENT_CLASS_FIELD_NUMBER, mostUrgentClass);
    out.writeInt64(SpooledAnswer.ANSWERED_AT_MICROS_FIELD_NUMBER, atMicros());
    out.writeInt64(SpooledAnswer.LATENCY_NANOS_FIELD_NUMBER, latencyNanos);
  }
}
