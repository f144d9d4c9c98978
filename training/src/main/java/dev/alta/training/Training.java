package dev.alta.training;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.database.CleanData;
import dev.alta.model.bundle.Signature;
import dev.alta.model.registry.Publication;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Provenance;
import dev.alta.training.dataset.RowSource;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.evaluate.Evaluator;
import dev.alta.training.leak.LeakCheck;
import dev.alta.training.trees.TrainedTrees;
import dev.alta.training.trees.TreeTrainer;

/**
 * Trains a model on what clean_data holds and puts it into the registry. Whether it becomes
 * champion is decided afterwards, see {@link dev.alta.training.promote.Promoter}.
 *
 * <p>A version is only published once its flat trees were proved to compute what the trainer
 * computes, on every validation and test row, and its figures are not too good to be true.
 */
public final class Training {
  private final Contract contract;
  private final RowSource rows;
  private final Registry registry;

  /**
   * Trains on what was prepared.
   *
   * @param registry takes the new version; its name becomes the model's
   */
  public Training(Contract contract, CleanData data, Registry registry) {
    this(contract, each -> data.read(each).number(), registry);
  }

  /** Trains on rows from anywhere. */
  public Training(Contract contract, RowSource rows, Registry registry) {
    this.contract = contract;
    this.rows = rows;
    this.registry = registry;
  }

  /**
   * Trains a new version.
   *
   * @param progress hears of rows while they are read
   * @throws dev.alta.training.leak.LeakageException if the figures are too good to be true; then
   *     nothing is published
   * @throws IllegalStateException if there are no rows, or the kernel and the trainer disagree
   */
  public TrainingResult train(TrainingSettings settings, Progress progress) {
    long start = System.nanoTime();
    TrainingData data = TrainingData.read(contract, rows, settings.minRowsOfValue(), progress);
    TrainedTrees trees =
        TreeTrainer.train(
            data.vectors(Side.TRAIN), contract.classes().size(), settings.trees(), settings.seed());
    Proof proof = Proof.of(contract, data, trees);
    Evaluation validation = Evaluator.evaluate(Side.VALIDATION.label(), proof.validation());
    Evaluation test = Evaluator.evaluate(Side.TEST.label(), proof.test());
    LeakCheck.ofFigures(test, contract.classes(), settings.highestAuroc());
    Publication publication =
        Publication.of(
            ModelBuild.of(registry.name(), contract, data, proof, trees),
            trees.nativeJson(data.encoder().names()),
            Manifest.newBuilder()
                .setProvenance(provenance(settings, data, trees.trainer(), secondsSince(start)))
                .addAllSignature(Signature.of(contract, data.encoder().state()))
                .setValidation(validation)
                .setTest(test)
                .build());
    Manifest manifest = registry.publish(publication);
    return new TrainingResult(
        manifest,
        data.encoder().size(),
        proof.forest().getTreeRootCount(),
        proof.largestDifference());
  }

  private static Provenance provenance(
      TrainingSettings settings, TrainingData data, String trainer, double seconds) {
    return Provenance.newBuilder()
        .setDataSha256(data.sha256())
        .setTrainingRows(data.vectors(Side.TRAIN).rows())
        .setDataGeneration(data.generation())
        .setCodeVersion(settings.codeVersion())
        .setTrainer(trainer)
        .putAllSettings(settings.trees().asMap())
        .putSettings("min_rows_of_value", Integer.toString(settings.minRowsOfValue()))
        .setSeed(settings.seed())
        .setJvm(System.getProperty("java.vm.name") + " " + Runtime.version())
        .setTrainingSeconds(seconds)
        .build();
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
