package dev.alta.training;

import dev.alta.proto.v1.Manifest;

/**
 * What a training made.
 *
 * @param manifest of the new version, with its figures and provenance
 * @param features length of its vectors
 * @param trees of all classes
 * @param largestDifference between a probability of the kernel and the trainer's, over all
 *     validation and test rows
 */
public record TrainingResult(
    Manifest manifest, int features, int trees, double largestDifference) {}
