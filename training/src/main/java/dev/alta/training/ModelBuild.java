package dev.alta.training;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Sample;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.evaluate.RiskScales;
import dev.alta.training.evaluate.Scores;
import dev.alta.training.trees.TrainedTrees;
import java.util.List;

/** Puts together what a scorer will need. */
final class ModelBuild {
  private ModelBuild() {}

  static Model of(
      String name,
      Contract contract,
      Encoder encoder,
      Forest forest,
      Scores validation,
      List<Row> samples,
      TrainedTrees trees) {
    Model.Builder model =
        Model.newBuilder()
            .setName(name)
            .setContract(contract.name())
            .addAllClasses(contract.classes())
            .setEncoder(encoder.state())
            .setForest(forest)
            .setRiskScale(RiskScales.of(validation));
    Vectors vectors = new Vectors(encoder.size(), samples.size());
    for (Row row : samples) {
      vectors.add(encoder.encode(row), row.position(contract.target()));
    }
    trees.predict(
        vectors, (row, probabilities) -> model.addSamples(sample(samples.get(row), probabilities)));
    return model.build();
  }

  /** Says nothing of who it was or what came of it. */
  private static Sample sample(Row row, float[] probabilities) {
    Sample.Builder sample = Sample.newBuilder();
    for (Column column : row.contract().columns()) {
      String text = row.asText(column);
      if (text != null && !column.identifies()) {
        sample.putEncounter(column.name(), text);
      }
    }
    for (float probability : probabilities) {
      sample.addProbabilities(probability);
    }
    return sample.build();
  }
}
