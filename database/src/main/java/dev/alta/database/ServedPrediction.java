package dev.alta.database;

import dev.alta.core.contract.Row;
import java.time.Instant;
import java.util.List;

/**
 * A prediction out of the log, with what it was made for.
 *
 * @param version of the model that answered
 * @param encounter as it was accepted; with key and patient where the caller gave them
 * @param probabilities in the order of the contract's classes
 */
public record ServedPrediction(
    Instant at, String version, Row encounter, List<Double> probabilities) {}
