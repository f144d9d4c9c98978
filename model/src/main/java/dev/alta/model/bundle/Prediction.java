package dev.alta.model.bundle;

import dev.alta.proto.v1.Risk;
import java.util.List;

/**
 * What a model answers for one row.
 *
 * @param best index of the most probable class; the less urgent one where two are equal
 * @param probabilities of each class, in the order of {@link Predictor#classes()}; they sum to 1
 * @param probabilityReadmitted of all classes but the least urgent one
 * @param probabilityMostUrgent of the most urgent class
 * @param risk {@code probabilityMostUrgent} against the thresholds kept with the model
 * @param riskPercentile share of the model's validation rows, in percent, with a lower {@code
 *     probabilityMostUrgent}
 */
public record Prediction(
    int best,
    List<Double> probabilities,
    double probabilityReadmitted,
    double probabilityMostUrgent,
    Risk risk,
    double riskPercentile) {}
