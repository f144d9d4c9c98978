package dev.alta.model.bundle;

import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Linear;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.RiskScale;
import dev.alta.proto.v1.Sample;
import dev.alta.testing.Visit;

/** Makes a model small enough to be computed by hand: "yes" gets 1 from 2 falls on, else -1. */
public final class VisitModels {
  public static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  // Two outputs, 0 and ±1.
  static final double YES_AFTER_FALLS = 1 / (1 + Math.exp(-1));
  static final double YES_WITHOUT = 1 / (1 + Math.exp(1));

  private VisitModels() {}

  /** Takes visits, and answers two samples. */
  public static Model.Builder falls() {
    return Model.newBuilder()
        .setName("visits")
        .setContract("alta.testing.Visit")
        .addClasses("no")
        .addClasses("yes")
        .setEncoder(
            Encoder.newBuilder()
                .addFeatures(
                    Feature.newBuilder()
                        .setName("falls")
                        .setColumn("falls")
                        .setKind(FeatureKind.QUANTITY)))
        .setForest(forest())
        .setRiskScale(scale())
        .addSamples(sample("3", YES_AFTER_FALLS))
        .addSamples(sample("0", YES_WITHOUT));
  }

  /** In place of the trees: "yes" gets 0.25 and 1.5 for each fall above 2. */
  static Linear.Builder linear() {
    return Linear.newBuilder()
        .addBias(0)
        .addBias(0.25)
        .addMean(2)
        .addDeviation(1)
        .addAverage(0.5)
        .addWeight(0)
        .addWeight(1.5)
        .setLink(Link.SOFTMAX);
  }

  static Sample.Builder sample(String falls, double yes) {
    return Sample.newBuilder()
        .putEncounter("ward", "surgery")
        .putEncounter("creatinine", "1.25")
        .putEncounter("cause", "250.83")
        .putEncounter("falls", falls)
        .addProbabilities(1 - yes)
        .addProbabilities(yes);
  }

  private static Forest forest() {
    Forest.Builder forest =
        Forest.newBuilder().setOutputs(2).addBase(0).addBase(0).addTreeOutput(1).addTreeRoot(0);
    forest.addFeature(0).addValue(2).addLeft(1).addRight(2).addDefaultLeft(true).addCover(2);
    forest.addFeature(-1).addValue(-1).addLeft(0).addRight(0).addDefaultLeft(false).addCover(1);
    forest.addFeature(-1).addValue(1).addLeft(0).addRight(0).addDefaultLeft(false).addCover(1);
    return forest.setLink(Link.SOFTMAX).build();
  }

  private static RiskScale scale() {
    RiskScale.Builder scale = RiskScale.newBuilder().setHighFrom(0.7f).setMediumFrom(0.2f);
    for (int i = 0; i <= 1000; i++) {
      scale.addQuantiles(i / 1000f);
    }
    return scale.build();
  }
}
