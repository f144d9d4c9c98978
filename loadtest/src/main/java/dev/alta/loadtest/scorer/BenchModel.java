package dev.alta.loadtest.scorer;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.core.feature.EncoderFitter;
import dev.alta.loadtest.micro.BoostedModel;
import dev.alta.loadtest.micro.RandomForest;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Publication;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.RiskScale;
import dev.alta.proto.v1.Sample;
import java.time.Clock;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The model that the scorer is measured with: trees that XGBoost has grown on generated encounters,
 * or full random ones, as much work as a champion of that many trees can make.
 */
public final class BenchModel {
  private static final String NAME = "readmission";
  private static final String GROWN = "grown";
  private static final int DEPTH = 6;
  private static final int SAMPLES = 32;
  private static final int ROWS = 64;

  private BenchModel() {}

  /**
   * Ready to be published.
   *
   * @param trees {@code grown}, or how many random ones
   */
  public static Publication of(BenchRows rows, String trees) {
    BoostedModel.Grown grown =
        trees.equals(GROWN) ? BoostedModel.ofEncounters() : random(rows, trees);
    Model.Builder model =
        Model.newBuilder()
            .setName(NAME)
            .setContract(BenchRows.CONTRACT.name())
            .addAllClasses(BenchRows.CONTRACT.classes())
            .setEncoder(grown.encoder().state())
            .setForest(grown.forest())
            .setRiskScale(scale());
    Predictor predictor = Predictor.of(BenchRows.CONTRACT, model.build());
    rows.cleaned().stream().limit(SAMPLES).forEach(row -> model.addSamples(sample(row, predictor)));
    return Publication.of(
        model.build(),
        ByteString.copyFromUtf8("{}"),
        Manifest.newBuilder()
            .setProvenance(Provenance.newBuilder().setSeed(1))
            .setTest(Evaluation.newBuilder().setDataset("test"))
            .build());
  }

  /**
   * Publishes a version for each, in this order; the first one of a bucket becomes champion.
   *
   * @param trees as {@link #of} takes them
   */
  public static void publish(StoreSettings bucket, BenchRows rows, String... trees) {
    try (ObjectStore store = ObjectStore.open(bucket)) {
      Registry registry = new Registry(store, NAME, Clock.systemUTC());
      for (String some : trees) {
        registry.publish(of(rows, some));
      }
      registry.setAlias("champion", 1, Optional.empty(), "loadtest");
    }
  }

  /** The same on rows of its own, for who asks for nothing but models. */
  public static void publish(StoreSettings bucket, String... trees) {
    publish(bucket, BenchRows.generate(ROWS), trees);
  }

  private static BoostedModel.Grown random(BenchRows rows, String trees) {
    EncoderFitter fitter = new EncoderFitter(BenchRows.CONTRACT);
    rows.cleaned().forEach(fitter::add);
    Encoder encoder = fitter.fit(rows.cleaned().size() / 100);
    int classes = BenchRows.CONTRACT.classes().size();
    return new BoostedModel.Grown(
        encoder,
        RandomForest.of(
            classes, Integer.parseInt(trees), DEPTH, encoder.size(), new SplittableRandom(1)));
  }

  private static Sample sample(Row row, Predictor predictor) {
    Sample.Builder sample = Sample.newBuilder();
    for (Column column : BenchRows.CONTRACT.columns()) {
      String text = row.asText(column);
      if (text != null) {
        sample.putEncounter(column.name(), text);
      }
    }
    for (double probability : predictor.probabilities(row)) {
      sample.addProbabilities(probability);
    }
    return sample.build();
  }

  private static RiskScale scale() {
    RiskScale.Builder scale = RiskScale.newBuilder().setHighFrom(0.7f).setMediumFrom(0.4f);
    for (int i = 0; i <= 1_000; i++) {
      scale.addQuantiles(i / 1_000f);
    }
    return scale.build();
  }
}
