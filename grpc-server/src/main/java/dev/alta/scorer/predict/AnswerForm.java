package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.alta.model.bundle.Prediction;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.scorer.swap.LiveModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a model's answers as the bytes of {@code PredictResponse}, the same that protobuf would
 * write. Its own way makes two objects for each class of each answer; here, all that does not
 * change from answer to answer is made once.
 *
 * <p>Immutable, safe for use by several threads.
 */
public final class AnswerForm {
  private static final int DOUBLE = 1 + Double.BYTES;
  // Tag and one byte of the enum.
  private static final int RISK = 2;

  // The field `prediction` for each class.
  private final byte[][] best;
  // For each class, its entry of `probabilities` up to the number.
  private final byte[][] entries;
  // The fields of the model.
  private final byte[] model;
  private final int largest;

  /**
   * Makes what does not change.
   *
   * @param classes in the order of {@link Prediction#probabilities}
   */
  public AnswerForm(List<String> classes, String alias, String version) {
    this.best =
        classes.stream()
            .map(name -> PredictResponse.newBuilder().setPrediction(name).build().toByteArray())
            .toArray(byte[][]::new);
    this.entries = classes.stream().map(AnswerForm::entry).toArray(byte[][]::new);
    this.model =
        PredictResponse.newBuilder()
            .setModelAlias(alias)
            .setModelVersion(version)
            .build()
            .toByteArray();
    int size = model.length + 3 * DOUBLE + RISK;
    int longest = 0;
    for (int i = 0; i < best.length; i++) {
      size += entries[i].length + Double.BYTES;
      longest = Math.max(longest, best[i].length);
    }
    this.largest = size + longest;
  }

  static AnswerForm of(LiveModel model) {
    return new AnswerForm(model.predictor().classes(), model.alias(), model.version());
  }

  private static byte[] entry(String name) {
    byte[] whole = PredictResponse.newBuilder().putProbabilities(name, 1).build().toByteArray();
    return Arrays.copyOf(whole, whole.length - Double.BYTES);
  }

  /** The message for one row. */
  public ByteString write(Prediction prediction, String requestId) {
    byte[] id = requestId.getBytes(StandardCharsets.UTF_8);
    byte[] bytes =
        new byte
            [largest
                + CodedOutputStream.computeByteArraySize(
                    PredictResponse.REQUEST_ID_FIELD_NUMBER, id)];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      write(prediction, out);
      if (id.length > 0) {
        out.writeByteArray(PredictResponse.REQUEST_ID_FIELD_NUMBER, id);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("bytes in memory cannot fail", impossible);
    }
    return UnsafeByteOperations.unsafeWrap(bytes, 0, out.getTotalBytesWritten());
  }

  private void write(Prediction prediction, CodedOutputStream out) throws IOException {
    out.writeRawBytes(best[prediction.best()]);
    for (int i = 0; i < entries.length; i++) {
      out.writeRawBytes(entries[i]);
      out.writeDoubleNoTag(prediction.probabilities().get(i));
    }
    number(
        PredictResponse.PROBABILITY_READMITTED_FIELD_NUMBER,
        prediction.probabilityReadmitted(),
        out);
    number(
        PredictResponse.PROBABILITY_WITHIN_30_DAYS_FIELD_NUMBER,
        prediction.probabilityMostUrgent(),
        out);
    out.writeEnum(PredictResponse.RISK_FIELD_NUMBER, prediction.risk().getNumber());
    number(PredictResponse.RISK_PERCENTILE_FIELD_NUMBER, prediction.riskPercentile(), out);
    out.writeRawBytes(model);
  }

  /** As proto3 has it: a zero is left out. */
  private static void number(int field, double value, CodedOutputStream out) throws IOException {
    if (Double.doubleToRawLongBits(value) != 0) {
      out.writeDouble(field, value);
    }
  }
}
