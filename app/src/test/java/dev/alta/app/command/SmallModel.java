package dev.alta.app.command;

import com.google.protobuf.ByteString;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.Publication;
import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.RiskScale;
import dev.alta.proto.v1.Sample;
import java.util.Map;

/** A version of one stump that nobody trained, but that loads and answers its sample. */
public final class SmallModel {
  private static final Contract CONTRACT = ModelsSession.CONTRACT;

  private SmallModel() {}

  public static Publication publication(double meanAuroc) {
    Evaluation figures =
        Evaluation.newBuilder()
            .setRows(1_000)
            .setMeanAuroc(meanAuroc)
            .addAuroc(0.7)
            .addAuroc(0.6)
            .addAuroc(0.65)
            .build();
    return new Publication(
        model(),
        ByteString.copyFromUtf8("{}"),
        Manifest.newBuilder()
            .setRun("train_model_auroc")
            .setValidation(figures)
            .setTest(figures)
            .setBaseline(Evaluation.newBuilder().setMeanAuroc(0.6))
            .build(),
        version -> Map.of("card.html", ByteString.copyFromUtf8("<html>" + version)));
  }

  private static Model model() {
    Model.Builder model =
        Model.newBuilder()
            .setName("readmission")
            .setContract(CONTRACT.name())
            .addAllClasses(CONTRACT.classes())
            .setEncoder(
                Encoder.newBuilder()
                    .addFeatures(
                        Feature.newBuilder()
                            .setName("number_inpatient")
                            .setColumn("number_inpatient")
                            .setKind(FeatureKind.QUANTITY)))
            .setForest(forest())
            .setRiskScale(scale());
    return model.addSamples(sample(model.build())).build();
  }

  private static Sample sample(Model model) {
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), 1);
    Cleaner cleaner = new Cleaner(CONTRACT);
    Cleaned cleaned = cleaner.clean(generator.next());
    while (!(cleaned instanceof Cleaned.Kept)) {
      cleaned = cleaner.clean(generator.next());
    }
    Row row = ((Cleaned.Kept) cleaned).row();
    Sample.Builder sample = Sample.newBuilder();
    for (Column column : CONTRACT.columns()) {
      String text = row.asText(column);
      if (text != null && !column.identifies()) {
        sample.putEncounter(column.name(), text);
      }
    }
    for (double probability : Predictor.of(CONTRACT, model).probabilities(row)) {
      sample.addProbabilities(probability);
    }
    return sample.build();
  }

  private static Forest forest() {
    Forest.Builder forest =
        Forest.newBuilder().setOutputs(3).setLink(Link.SOFTMAX).addTreeOutput(2).addTreeRoot(0);
    forest.addBase(0).addBase(0).addBase(0);
    forest.addFeature(0).addValue(1).addLeft(1).addRight(2).addDefaultLeft(true).addCover(2);
    forest.addFeature(-1).addValue(-1).addLeft(0).addRight(0).addDefaultLeft(false).addCover(1);
    forest.addFeature(-1).addValue(1).addLeft(0).addRight(0).addDefaultLeft(false).addCover(1);
    return forest.build();
  }

  private static RiskScale scale() {
    RiskScale.Builder scale = RiskScale.newBuilder().setHighFrom(0.6f).setMediumFrom(0.4f);
    for (int i = 0; i <= 1_000; i++) {
      scale.addQuantiles(i / 1_000f);
    }
    return scale.build();
  }
}
