package dev.alta.training.search;

import dev.alta.proto.v1.SearchRecord;
import dev.alta.training.evaluate.Scores;
import dev.alta.training.trees.TreeSettings;
import java.util.Map;

/**
 * The best that a search found for an objective.
 *
 * @param trees how they are grown, with the number of rounds that the curve says
 * @param words all that was decided, for the record
 * @param validation what these trees, grown on the training rows, say of the validation rows
 */
public record Found(
    Objective objective,
    TreeSettings trees,
    FeatureLevel features,
    Map<String, String> words,
    Scores validation,
    SearchRecord record) {}
