package dev.alta.training;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Sample;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.RiskScales;
import dev.alta.training.trees.TrainedTrees;

/** Puts together what a scorer will need. */
final class ModelBuild {
  private ModelBuild() {}

  static Model of(
      String name, Contract contract, TrainingData data, Proof proof, TrainedTrees trees) {
    Model.Builder model =
        Model.newBuilder()
            .setName(name)
            .setContract(contract.name())
            .addAllClasses(contract.classes())
            .setEncoder(data.encoder().state())
            .setForest(proof.forest())
            .setRiskScale(RiskScales.of(proof.validation()));
    Vectors vectors = new Vectors(data.encoder().size(), data.samples().size());
    for (Row row : data.samples()) {
      vectors.add(data.encoder().encode(row), row.position(contract.target()));
    }
    trees.predict(
        vectors,
        (row, probabilities) -> model.addSamples(sample(data.samples().get(row), probabilities)));
    return model.build();
  }

  /** Says nothing of who it was or what came of it. */
  private static Sample sample(Row row, double[] probabilities) {
    Sample.Builder sample = Sample.newBuilder();
    for (Column column : row.contract().columns()) {
      String text = row.asText(column);
      if (text != null && !column.identifies()) {
        sample.putEncounter(column.name(), text);
      }
    }
    for (double probability : probabilities) {
      sample.addProbabilities(probability);
    }
    return sample.build();
  }
}
