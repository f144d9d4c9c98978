package dev.alta.training.promote;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.model.bundle.Predictor;
import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.RiskScale;
import dev.alta.proto.v1.Sample;

/** Models that rank by one column, in so many steps; nobody trained them. */
final class StumpModels {
  private static final float STEP = 0.5f;

  private StumpModels() {}

  /**
   * The higher the column, the less probable is the first class.
   *
   * @param steps into which its values 1, 2, … fall
   */
  static Model of(Contract contract, String column, int steps, Row sample) {
    Model.Builder model =
        Model.newBuilder()
            .setName("readmission")
            .setContract(contract.name())
            .addAllClasses(contract.classes())
            .setEncoder(
                Encoder.newBuilder()
                    .addFeatures(
                        Feature.newBuilder()
                            .setName(column)
                            .setColumn(column)
                            .setKind(FeatureKind.QUANTITY)))
            .setForest(forest(contract.classes().size(), steps))
            .setRiskScale(scale());
    return model.addSamples(sample(contract, model.build(), sample)).build();
  }

  private static Sample sample(Contract contract, Model model, Row row) {
    Sample.Builder sample = Sample.newBuilder();
    for (Column column : contract.columns()) {
      String text = row.asText(column);
      if (text != null && !column.identifies()) {
        sample.putEncounter(column.name(), text);
      }
    }
    for (double probability : Predictor.of(contract, model).probabilities(row)) {
      sample.addProbabilities(probability);
    }
    return sample.build();
  }

  private static Forest forest(int outputs, int steps) {
    Forest.Builder forest = Forest.newBuilder().setOutputs(outputs).setLink(Link.SOFTMAX);
    for (int output = 0; output < outputs; output++) {
      forest.addBase(0);
    }
    for (int step = 1; step <= steps; step++) {
      for (int output = 0; output < outputs; output++) {
        forest.addTreeOutput(output).addTreeRoot(forest.getFeatureCount());
        node(forest, 0, step, 1);
        node(forest, -1, -output * STEP / steps, 0);
        node(forest, -1, output * STEP / steps, 0);
      }
    }
    return forest.build();
  }

  private static void node(Forest.Builder forest, int feature, float value, int left) {
    forest
        .addFeature(feature)
        .addValue(value)
        .addLeft(left)
        .addRight(2 * left)
        .addDefaultLeft(true)
        .addCover(1);
  }

  private static RiskScale scale() {
    RiskScale.Builder scale = RiskScale.newBuilder().setHighFrom(0.6f).setMediumFrom(0.4f);
    for (int i = 0; i <= 1_000; i++) {
      scale.addQuantiles(i / 1_000f);
    }
    return scale.build();
  }
}
