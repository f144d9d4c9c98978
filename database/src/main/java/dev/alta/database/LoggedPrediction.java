package dev.alta.database;

import java.time.Instant;
import java.util.Map;

/**
 * A prediction as it is kept.
 *
 * @param encounterJson what was predicted for, as it was received: a JSON object
 * @param probabilities of each class
 * @param probabilityMostUrgent of the last of the contract's classes
 * @param risk {@code LOW}, {@code MEDIUM} or {@code HIGH}
 * @param latencyMicros from the request's arrival to its answer
 */
public record LoggedPrediction(
    String requestId,
    Instant loggedAt,
    String modelName,
    String modelAlias,
    String modelVersion,
    String encounterJson,
    String prediction,
    Map<String, Double> probabilities,
    double probabilityMostUrgent,
    String risk,
    long latencyMicros) {}
