package dev.alta.training;

import dev.alta.core.contract.Contract;
import dev.alta.core.split.Side;
import dev.alta.proto.v1.Evaluation;
import dev.alta.training.dataset.FeatureChoice;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.Evaluator;
import dev.alta.training.linear.LogisticRegression;
import dev.alta.training.search.FeatureLevel;
import dev.alta.training.search.SearchData;
import java.util.List;

/** What logistic regression reaches on the test rows, fitted on the same rows as the trees. */
record Baseline(
    Contract contract, TrainingData data, SearchData searched, TrainingSettings settings) {
  Evaluation evaluate() {
    FeatureChoice choice = searched.choose(FeatureLevel.LINEAR);
    Vectors rows =
        Vectors.joined(choice, List.of(data.vectors(Side.TRAIN), data.vectors(Side.VALIDATION)));
    LogisticRegression fitted =
        LogisticRegression.train(rows, contract.classes().size(), settings.seed());
    return Evaluator.evaluate(
        Side.TEST.label(),
        fitted.score(data.vectors(Side.TEST).only(choice)),
        data.facts(Side.TEST),
        contract.classes(),
        settings.bootstrapSamples(),
        settings.seed());
  }
}
