package dev.alta.fuzz;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.RiskScale;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model of one tree that looks at the number of inpatient stays, and an encounter for it. */
public final class SmallModel {
  public static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final int QUANTILES = 1_000;

  private SmallModel() {}

  public static Model model() {
    return Model.newBuilder()
        .setName("readmission")
        .setContract(CONTRACT.name())
        .addAllClasses(CONTRACT.classes())
        .setEncoder(
            Encoder.newBuilder()
                .addFeatures(feature(FeatureKind.QUANTITY, "number_inpatient", ""))
                .addFeatures(feature(FeatureKind.IS_VALUE, "gender", "Female"))
                .addFeatures(feature(FeatureKind.IS_GROUP, "diag_1", "Diabetes"))
                .addFeatures(
                    feature(FeatureKind.IS_CODE_CATEGORY, "diag_1", "250")
                        .addMoreColumns("diag_2")))
        .setForest(forest())
        .setRiskScale(scale())
        .build();
  }

  private static Feature.Builder feature(FeatureKind kind, String column, String value) {
    return Feature.newBuilder()
        .setName(column + ":" + kind + value)
        .setColumn(column)
        .setKind(kind)
        .setValue(value);
  }

  private static Forest forest() {
    Forest.Builder forest =
        Forest.newBuilder().setOutputs(3).addBase(0).addBase(0).addBase(0).setLink(Link.SOFTMAX);
    forest.addTreeOutput(2).addTreeRoot(0);
    forest.addFeature(0).addValue(2).addLeft(1).addRight(2).addDefaultLeft(true).addCover(2);
    forest.addFeature(-1).addValue(-1).addLeft(0).addRight(0).addDefaultLeft(false).addCover(1);
    forest.addFeature(-1).addValue(1).addLeft(0).addRight(0).addDefaultLeft(false).addCover(1);
    return forest.build();
  }

  static RiskScale scale() {
    RiskScale.Builder scale = RiskScale.newBuilder().setHighFrom(0.7f).setMediumFrom(0.4f);
    for (int i = 0; i <= QUANTILES; i++) {
      scale.addQuantiles(i / (float) QUANTILES);
    }
    return scale.build();
  }

  /** The first value of each column that a request must have. */
  public static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Column column : CONTRACT.columns()) {
      if (column.requiredAt(Door.SCORE)) {
        texts.put(
            column.name(),
            column.hasRange()
                ? Long.toString((long) column.min())
                : column.values().get(0).value());
      }
    }
    return texts;
  }

  public static Row row() {
    Intake intake = new Intake(CONTRACT, Door.SCORE);
    texts().forEach((name, text) -> intake.text(CONTRACT.column(name), text));
    return ((Checked.Accepted) intake.finish()).row();
  }
}
