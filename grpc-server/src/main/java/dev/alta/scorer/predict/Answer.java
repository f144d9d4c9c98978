package dev.alta.scorer.predict;

import com.google.protobuf.ByteString;
import dev.alta.model.bundle.Prediction;

/**
 * What a model says of an encounter.
 *
 * @param message the same as it goes out: a {@code PredictResponse}
 */
public record Answer(Prediction prediction, ByteString message) {}
