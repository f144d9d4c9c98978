package dev.alta.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;
import dev.alta.model.bundle.Explainer;
import dev.alta.model.bundle.Prediction;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.bundle.Reason;
import dev.alta.model.bundle.UnusableModelException;
import dev.alta.proto.v1.Linear;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's bytes. What is always the same stands in where it is not set: a fuzzer should not spend
 * its time on a thousand quantiles. A model that loads must answer any row, whatever its samples.
 */
final class BundleTarget {
  private static final List<Row> ROWS = rows();

  private BundleTarget() {}

  static List<byte[]> seeds() {
    Model.Builder model = SmallModel.model().toBuilder().clearRiskScale();
    byte[] forest = model.clearContract().clearClasses().build().toByteArray();
    Linear.Builder linear = Linear.newBuilder().setLink(Link.SOFTMAX);
    for (int output = 0; output < 3; output++) {
      linear.addBias(0.5);
    }
    for (int feature = 0; feature < model.getEncoder().getFeaturesCount(); feature++) {
      linear.addMean(1).addDeviation(feature % 2).addAverage(0.25);
      linear.addWeight(1).addWeight(-1).addWeight(0.5);
    }
    return List.of(forest, model.setLinear(linear).build().toByteArray());
  }

  /** As it is, with codes and what is known from earlier, and with next to nothing. */
  private static List<Row> rows() {
    Row row = SmallModel.row();
    Row full = new Row(row);
    full.put(SmallModel.CONTRACT.column("diag_1"), "250.83");
    full.put(SmallModel.CONTRACT.column("diag_2"), "V57");
    for (Column column : SmallModel.CONTRACT.columns()) {
      if (column.history() != null) {
        full.put(column, column.hasRange() ? (long) column.max() : 1L);
      }
    }
    List<Row> rows = new ArrayList<>();
    Cleaner cleaner = new Cleaner(SmallModel.CONTRACT);
    for (Row one : List.of(row, full, new Row(SmallModel.CONTRACT))) {
      rows.add(((Cleaned.Kept) cleaner.clean(one)).row());
    }
    return rows;
  }

  static boolean run(byte[] input) {
    Model model;
    try {
      model = completed(Model.parseFrom(input));
    } catch (InvalidProtocolBufferException malformed) {
      return false;
    }
    Predictor predictor;
    List<Explainer> explainers;
    try {
      predictor = Predictor.of(SmallModel.CONTRACT, model);
      explainers = Explainer.ofAll(SmallModel.CONTRACT, model);
    } catch (UnusableModelException refused) {
      String words = String.valueOf(refused.getMessage());
      Expect.that(words.startsWith("model "), words);
      Expect.that(words.length() < 1_100, "a long refusal");
      return false;
    }
    try {
      predictor.selfCheck();
    } catch (UnusableModelException wrong) {
      String words = String.valueOf(wrong.getMessage());
      Expect.that(words.contains("sample"), words);
    }
    List<Row> block = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      block.add(ROWS.get(i % ROWS.size()));
    }
    List<Prediction> answers = predictor.predict(block, predictor.blockScratch());
    for (int i = 0; i < ROWS.size(); i++) {
      answers(predictor.predict(ROWS.get(i)), answers.get(i));
      for (Explainer explainer : explainers) {
        reasons(explainer.all(ROWS.get(i), explainer.scratch()));
      }
    }
    return true;
  }

  private static Model completed(Model read) {
    Model.Builder model = read.toBuilder();
    if (!read.hasRiskScale()) {
      model.setRiskScale(SmallModel.scale());
    }
    if (read.getContract().isEmpty()) {
      model.setContract(SmallModel.CONTRACT.name());
    }
    if (read.getClassesCount() == 0) {
      model.addAllClasses(SmallModel.CONTRACT.classes());
    }
    return model.build();
  }

  private static void answers(Prediction one, Prediction ofBlock) {
    Expect.same(one, ofBlock, "an answer in a block");
    double sum = 0;
    for (double probability : one.probabilities()) {
      sum += probability;
    }
    Expect.that(Math.abs(sum - 1) < 1e-4, "probabilities that add up to " + sum);
    Expect.that(one.riskPercentile() >= 0 && one.riskPercentile() <= 100, "a percentile of none");
  }

  private static void reasons(List<Reason> reasons) {
    for (Reason reason : reasons) {
      Expect.that(Double.isFinite(reason.contribution()), "a contribution that is no number");
    }
  }
}
