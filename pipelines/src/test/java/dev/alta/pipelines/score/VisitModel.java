package dev.alta.pipelines.score;

import com.google.protobuf.ByteString;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.core.feature.EncoderFitter;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Publication;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.RiskScale;
import dev.alta.proto.v1.Sample;
import dev.alta.testing.Visit;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A model of visits with trees enough that most rows have another risk. */
final class VisitModel {
  static final String NAME = "visits";
  static final Contract CONTRACT = Contract.of(Visit.getDescriptor());
  private static final int TREES = 30;
  private static final int DEPTH = 3;

  private VisitModel() {}

  /** Publishes the model as the next version and makes it the champion. */
  static void publishChampion(StoreSettings store, Model model) {
    try (ObjectStore opened = ObjectStore.open(store)) {
      Registry registry = new Registry(opened, NAME, Clock.systemUTC());
      Publication publication =
          Publication.of(model, ByteString.copyFromUtf8("{}"), Manifest.getDefaultInstance());
      int version = Integer.parseInt(registry.publish(publication).getVersion());
      registry.setAlias("champion", version, registry.alias("champion"), "test");
    }
  }

  static Model of(List<String> rows, long seed) {
    EncoderFitter fitter = new EncoderFitter(CONTRACT);
    for (String row : rows) {
      cleaned(row).ifPresent(fitter::add);
    }
    Encoder encoder = fitter.fit(1);
    Model.Builder model =
        Model.newBuilder()
            .setName(NAME)
            .setContract(CONTRACT.name())
            .addAllClasses(CONTRACT.classes())
            .setEncoder(encoder.state())
            .setForest(forest(encoder.size(), new SplittableRandom(seed)))
            .setRiskScale(scale());
    double[] probabilities =
        Predictor.of(CONTRACT, model.build()).probabilities(cleaned(rows.get(0)).orElseThrow());
    Sample.Builder sample = Sample.newBuilder();
    List<String> cells = CsvRecord.cells(rows.get(0)).orElseThrow();
    for (Column column : CONTRACT.stored()) {
      sample.putEncounter(column.name(), cells.get(column.index()));
    }
    for (double probability : probabilities) {
      sample.addProbabilities(probability);
    }
    return model.addSamples(sample).build();
  }

  /** A row as the scorer takes it; empty where it would refuse it. */
  static Optional<Row> cleaned(String row) {
    List<String> cells = CsvRecord.cells(row).orElseThrow();
    Intake intake = new Intake(CONTRACT, Door.SCORE);
    for (Column column : CONTRACT.stored()) {
      intake.text(column, cells.get(column.index()));
    }
    return intake.finish() instanceof Checked.Accepted accepted
            && new Cleaner(CONTRACT).clean(accepted.row()) instanceof Cleaned.Kept kept
        ? Optional.of(kept.row())
        : Optional.empty();
  }

  private static Forest forest(int features, SplittableRandom random) {
    Forest.Builder forest =
        Forest.newBuilder().setOutputs(2).addBase(0.1f).addBase(-0.2f).setLink(Link.SOFTMAX);
    int inner = (1 << DEPTH) - 1;
    for (int tree = 0; tree < TREES; tree++) {
      forest.addTreeOutput(tree % 2).addTreeRoot(forest.getFeatureCount());
      for (int node = 0; node < 2 * inner + 1; node++) {
        boolean leaf = node >= inner;
        forest
            .addFeature(leaf ? -1 : random.nextInt(features))
            .addValue((float) (leaf ? random.nextDouble(-0.2, 0.2) : random.nextDouble(3)))
            .addLeft(leaf ? 0 : 2 * node + 1)
            .addRight(leaf ? 0 : 2 * node + 2)
            .addDefaultLeft(random.nextBoolean())
            .addCover(1 << (DEPTH + Integer.numberOfLeadingZeros(node + 1) - 31));
      }
    }
    return forest.build();
  }

  private static RiskScale scale() {
    RiskScale.Builder scale = RiskScale.newBuilder().setHighFrom(0.6f).setMediumFrom(0.4f);
    for (int i = 0; i <= 1000; i++) {
      scale.addQuantiles(i / 1000f);
    }
    return scale.build();
  }
}
