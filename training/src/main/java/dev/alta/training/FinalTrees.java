package dev.alta.training;

import dev.alta.core.contract.Contract;
import dev.alta.core.split.Side;
import dev.alta.training.dataset.FeatureChoice;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.search.Found;
import dev.alta.training.trees.TrainedTrees;
import dev.alta.training.trees.TreeSettings;
import dev.alta.training.trees.TreeTrainer;
import java.util.List;

/**
 * The trees that are published: with the settings that the search found on the validation rows, but
 * grown on training and validation rows together. More rows carry more rounds, so that their number
 * grows with the square root of the rows.
 *
 * @param settings as grown
 * @param rows they were grown on
 */
record FinalTrees(
    Found found,
    FeatureChoice choice,
    TreeSettings settings,
    int rows,
    TrainedTrees trees,
    Proof proof) {
  static FinalTrees grow(
      Contract contract, TrainingData data, FeatureChoice choice, Found found, long seed) {
    int classes = contract.classes().size();
    Vectors train = data.vectors(Side.TRAIN);
    Vectors validation = data.vectors(Side.VALIDATION);
    int rows = train.rows() + validation.rows();
    TreeSettings settings = settings(found.trees(), (double) rows / train.rows());
    TrainedTrees trees =
        TreeTrainer.train(
            Vectors.joined(choice, List.of(train, validation)), classes, settings, seed);
    Proof proof =
        Proof.of(
            trees,
            classes,
            validation.only(choice),
            data.vectors(Side.TEST).only(choice),
            data.testWithoutHistory().map(alone -> alone.only(choice)));
    return new FinalTrees(found, choice, settings, rows, trees, proof);
  }

  private static TreeSettings settings(TreeSettings found, double moreRows) {
    // A forest's trees do not build on each other: more rows need no more of them.
    return found.parallelTrees() > 1
        ? found
        : found.withRounds((int) Math.round(found.rounds() * Math.sqrt(moreRows)));
  }
}
