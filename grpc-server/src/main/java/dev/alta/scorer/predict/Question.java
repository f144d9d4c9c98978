package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Row;

/**
 * An admitted encounter that waits for its answer.
 *
 * @param encounter as it was received, the bytes of an {@code Encounter}
 * @param cleaned what the model is asked about
 * @param id of its request
 * @param start when the request came, by {@link System#nanoTime}
 * @param hypothetical whether it is about nobody, and is not to be kept
 */
public record Question(
    ByteString encounter, Row cleaned, String id, long start, boolean hypothetical) {
  /** Of an encounter that came through the door. */
  public static Question of(Admitted.Case admitted, String id, long start, boolean hypothetical) {
    return new Question(admitted.encounter(), admitted.cleaned(), id, start, hypothetical);
  }
}
