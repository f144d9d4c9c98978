package dev.alta.core.split;

import java.util.Optional;

/**
 * A published split as it stands in the tables.
 *
 * @param plan empty where the rows of its cuts contradict each other
 * @param problem why there is no plan; else empty
 * @param splitSha256 digest that the plan had
 * @param assignmentSha256 digest that the sides had; empty where the generation is older than
 *     certificates
 */
public record RecordedSplit(
    long generation,
    Optional<SplitPlan> plan,
    String problem,
    String splitSha256,
    Optional<String> assignmentSha256) {}
