package dev.alta.jobs;

import com.google.protobuf.ByteString;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.core.feature.EncoderFitter;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Publication;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.RiskScale;
import dev.alta.proto.v1.Sample;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;

/** A champion of stumps that nobody trained: what counts is that all workers answer alike. */
final class EncounterModel {
  private static final String NAME = "readmission";
  private static final int STUMPS = 90;

  private EncounterModel() {}

  /** Publishes it; the rows are what it is fitted to. */
  static void publishChampion(StoreSettings store, Contract contract, List<Row> rows) {
    Model model = of(contract, rows);
    try (ObjectStore opened = ObjectStore.open(store)) {
      Registry registry = new Registry(opened, NAME, Clock.systemUTC());
      Publication publication =
          Publication.of(model, ByteString.copyFromUtf8("{}"), Manifest.getDefaultInstance());
      int version = Integer.parseInt(registry.publish(publication).getVersion());
      registry.setAlias("champion", version, registry.alias("champion"), "test");
    }
  }

  private static Model of(Contract contract, List<Row> rows) {
    Cleaner cleaner = new Cleaner(contract);
    List<Row> kept =
        rows.stream()
            .map(cleaner::clean)
            .filter(Cleaned.Kept.class::isInstance)
            .map(cleaned -> ((Cleaned.Kept) cleaned).row())
            .toList();
    EncoderFitter fitter = new EncoderFitter(contract);
    kept.forEach(fitter::add);
    Encoder encoder = fitter.fit(1);
    Model.Builder model =
        Model.newBuilder()
            .setName(NAME)
            .setContract(contract.name())
            .addAllClasses(contract.classes())
            .setEncoder(encoder.state())
            .setForest(forest(encoder.size(), contract.classes().size(), new SplittableRandom(3)))
            .setRiskScale(scale());
    return model.addSamples(sample(contract, model.build(), rows, kept.get(0))).build();
  }

  private static Sample sample(Contract contract, Model model, List<Row> rows, Row answered) {
    Column key = contract.key();
    Row asItCame =
        rows.stream()
            .filter(row -> row.whole(key) == answered.whole(key))
            .findFirst()
            .orElseThrow();
    Sample.Builder sample = Sample.newBuilder();
    for (Column column : contract.columns()) {
      String text = asItCame.asText(column);
      sample.putEncounter(column.name(), text == null ? "" : text);
    }
    for (double probability : Predictor.of(contract, model).probabilities(answered)) {
      sample.addProbabilities(probability);
    }
    return sample.build();
  }

  private static Forest forest(int features, int outputs, SplittableRandom random) {
    Forest.Builder forest = Forest.newBuilder().setOutputs(outputs).setLink(Link.SOFTMAX);
    for (int output = 0; output < outputs; output++) {
      forest.addBase(0);
    }
    for (int tree = 0; tree < STUMPS; tree++) {
      int root = 3 * tree;
      forest.addTreeOutput(tree % outputs).addTreeRoot(root);
      for (int node = root; node < root + 3; node++) {
        boolean leaf = node > root;
        forest
            .addFeature(leaf ? -1 : random.nextInt(features))
            .addValue((float) (leaf ? random.nextDouble(-0.2, 0.2) : random.nextDouble(3)))
            .addLeft(leaf ? 0 : 1)
            .addRight(leaf ? 0 : 2)
            .addDefaultLeft(random.nextBoolean())
            .addCover(leaf ? 1 : 2);
      }
    }
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
