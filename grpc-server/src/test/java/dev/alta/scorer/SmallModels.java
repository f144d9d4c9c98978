package dev.alta.scorer;

import com.google.protobuf.ByteString;
import dev.alta.model.registry.Publication;
import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.RiskScale;
import dev.alta.proto.v1.Sample;
import java.util.List;

/**
 * Models small enough to be computed by hand: the margin of {@code <30} is the given one from two
 * inpatient stays on and its negative below, the other two are 0.
 */
final class SmallModels {
  private SmallModels() {}

  static Publication publication(float margin) {
    return publication(model(margin).build());
  }

  static Publication publication(Model model) {
    return Publication.of(
        model,
        ByteString.copyFromUtf8("{}"),
        Manifest.newBuilder()
            .setProvenance(Provenance.newBuilder().setSeed(1))
            .setValidation(Evaluation.newBuilder().setDataset("validation").setMeanAuroc(0.6))
            .setTest(Evaluation.newBuilder().setDataset("test").setMeanAuroc(0.5))
            .build());
  }

  static Model.Builder model(float margin) {
    return Model.newBuilder()
        .setName("readmission")
        .setContract("alta.v1.Encounter")
        .addAllClasses(List.of("NO", ">30", "<30"))
        .setEncoder(
            Encoder.newBuilder()
                .addFeatures(
                    Feature.newBuilder()
                        .setName("number_inpatient")
                        .setColumn("number_inpatient")
                        .setKind(FeatureKind.QUANTITY)))
        .setForest(forest(margin))
        .setRiskScale(scale())
        .addSamples(sample("0", urgent(-margin)))
        .addSamples(sample("2", urgent(margin)));
  }

  /**
   * The same with a margin of 1 and a second tree: from five emergency visits on {@code <30} gains
   * a quarter, below it loses one.
   */
  static Model.Builder twoColumns() {
    Model.Builder model = model(1).clearSamples();
    model
        .getEncoderBuilder()
        .addFeatures(
            Feature.newBuilder()
                .setName("number_emergency")
                .setColumn("number_emergency")
                .setKind(FeatureKind.QUANTITY));
    Forest.Builder forest = model.getForestBuilder().addTreeOutput(2).addTreeRoot(3);
    forest.addFeature(1).addValue(5).addLeft(1).addRight(2).addDefaultLeft(true).addCover(2);
    leaf(forest, -0.25f);
    leaf(forest, 0.25f);
    return model.addSamples(sample("0", urgent(-1.25f))).addSamples(sample("2", urgent(0.75f)));
  }

  /** Probability of the most urgent class at a margin. */
  static double urgent(float margin) {
    return Math.exp(margin) / (2 + Math.exp(margin));
  }

  private static Sample sample(String inpatient, double urgent) {
    Sample.Builder sample = Sample.newBuilder();
    Encounters.texts().forEach(sample::putEncounter);
    return sample
        .putEncounter("number_inpatient", inpatient)
        .addProbabilities((1 - urgent) / 2)
        .addProbabilities((1 - urgent) / 2)
        .addProbabilities(urgent)
        .build();
  }

  private static Forest forest(float margin) {
    Forest.Builder forest =
        Forest.newBuilder()
            .setOutputs(3)
            .addAllBase(List.of(0f, 0f, 0f))
            .addTreeOutput(2)
            .addTreeRoot(0)
            .setLink(Link.SOFTMAX);
    forest.addFeature(0).addValue(2).addLeft(1).addRight(2).addDefaultLeft(true).addCover(2);
    leaf(forest, -margin);
    leaf(forest, margin);
    return forest.build();
  }

  private static void leaf(Forest.Builder forest, float value) {
    forest.addFeature(-1).addValue(value).addLeft(0).addRight(0).addDefaultLeft(false).addCover(1);
  }

  private static RiskScale scale() {
    RiskScale.Builder scale = RiskScale.newBuilder().setHighFrom(0.7f).setMediumFrom(0.4f);
    for (int i = 0; i <= 1000; i++) {
      scale.addQuantiles(i / 1000f);
    }
    return scale.build();
  }
}
