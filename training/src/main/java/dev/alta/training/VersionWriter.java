package dev.alta.training;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.model.bundle.Signature;
import dev.alta.model.registry.Attachments;
import dev.alta.model.registry.Publication;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Provenance;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.evaluate.Evaluator;
import dev.alta.training.evaluate.Scores;
import dev.alta.training.leak.LeakCheck;
import dev.alta.training.parallel.Workers;
import dev.alta.training.report.ModelReport;
import dev.alta.training.report.ReportInput;
import dev.alta.training.search.SearchRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Evaluates trees and publishes them with all that is known of them. */
final class VersionWriter {
  private static final Logger log = LoggerFactory.getLogger(VersionWriter.class);

  private final Contract contract;
  private final TrainingData data;
  private final TrainingSettings settings;
  private final Evaluation baseline;
  private final Registry registry;

  VersionWriter(
      Contract contract,
      TrainingData data,
      TrainingSettings settings,
      Evaluation baseline,
      Registry registry) {
    this.contract = contract;
    this.data = data;
    this.settings = settings;
    this.baseline = baseline;
    this.registry = registry;
  }

  /** All are evaluated before the first is published: if one leaks, none is. */
  TrainingResult write(List<FinalTrees> grown, DoubleSupplier seconds, Progress progress)
      throws InterruptedException {
    List<Evaluation> tests;
    List<Evaluation> validations;
    try (Workers workers = new Workers(settings.threads())) {
      tests = workers.all(evaluations(Side.TEST, grown, trees -> trees.proof().test()));
      validations =
          workers.all(evaluations(Side.VALIDATION, grown, trees -> trees.found().validation()));
    }
    log.info(
        "test mean AUROC: logistic regression {}, trees {}",
        baseline.getMeanAuroc(),
        tests.stream().map(Evaluation::getMeanAuroc).toList());
    tests.forEach(test -> LeakCheck.ofFigures(test, contract.classes(), settings.highestAuroc()));
    List<TrainedVersion> versions = new ArrayList<>();
    for (Publication publication : publications(grown, validations, tests, seconds)) {
      versions.add(publish(publication, grown.get(versions.size())));
      progress.at("versions", versions.size(), grown.size());
    }
    return new TrainingResult(List.copyOf(versions));
  }

  private List<Callable<Evaluation>> evaluations(
      Side side, List<FinalTrees> grown, Function<FinalTrees, Scores> scores) {
    return grown.stream()
        .<Callable<Evaluation>>map(trees -> () -> evaluate(side, scores.apply(trees)))
        .toList();
  }

  private Evaluation evaluate(Side side, Scores scores) {
    return Evaluator.evaluate(
        side.label(),
        scores,
        data.facts(side),
        contract.classes(),
        settings.bootstrapSamples(),
        settings.seed());
  }

  private List<Publication> publications(
      List<FinalTrees> grown,
      List<Evaluation> validations,
      List<Evaluation> tests,
      DoubleSupplier seconds)
      throws InterruptedException {
    List<Callable<Publication>> work = new ArrayList<>();
    for (int i = 0; i < grown.size(); i++) {
      FinalTrees trees = grown.get(i);
      Evaluation validation = validations.get(i);
      Evaluation test = tests.get(i);
      work.add(() -> publication(trees, validation, test, seconds.getAsDouble()));
    }
    try (Workers workers = new Workers(settings.threads())) {
      return workers.all(work);
    }
  }

  private Publication publication(
      FinalTrees grown, Evaluation validation, Evaluation test, double seconds) {
    Model model =
        ModelBuild.of(
            registry.name(),
            contract,
            grown.choice().encoder(),
            grown.proof().forest(),
            grown.found().validation(),
            data.samples(),
            grown.trees());
    Manifest.Builder describing =
        Manifest.newBuilder()
            .setRun(grown.found().objective().run())
            .setProvenance(provenance(grown, seconds))
            .addAllSignature(Signature.of(contract, model.getEncoder()))
            .setValidation(validation)
            .setTest(test)
            .setBaseline(baseline);
    grown
        .proof()
        .withoutHistory()
        .ifPresent(scores -> describing.setTestWithoutHistory(evaluate(Side.TEST, scores)));
    Manifest about = describing.build();
    Attachments attachments = attachments(grown, model, about);
    ByteString nativeModel = grown.trees().nativeJson(grown.choice().encoder().names());
    return new Publication(model, nativeModel, about, attachments);
  }

  private TrainedVersion publish(Publication publication, FinalTrees grown) {
    return new TrainedVersion(
        registry.publish(publication),
        publication.model().getEncoder().getFeaturesCount(),
        publication.model().getForest().getTreeRootCount(),
        grown.proof().largestDifference());
  }

  private Attachments attachments(FinalTrees grown, Model model, Manifest about) {
    ModelReport report =
        ModelReport.of(
            new ReportInput(
                contract,
                model,
                about.getRun(),
                about.getProvenance(),
                about.getValidation(),
                about.getTest(),
                about.getTestWithoutHistory(),
                about.getBaseline(),
                grown.proof().test(),
                data.vectors(Side.TEST).only(grown.choice()),
                List.of(grown.found().record())));
    ByteString search = SearchRecords.write(grown.found().record());
    Map<String, ByteString> dataset = registry.datasets().asStored(data.generation());
    return version -> {
      Map<String, ByteString> objects = new TreeMap<>(report.attachments(version));
      objects.put(SearchRecords.OBJECT, search);
      objects.putAll(dataset);
      return objects;
    };
  }

  private Provenance provenance(FinalTrees grown, double seconds) {
    return Provenance.newBuilder()
        .setDataSha256(data.sha256())
        .setTrainingRows(grown.rows())
        .setDataGeneration(data.generation())
        .setCodeVersion(settings.codeVersion())
        .setTrainer(grown.trees().trainer())
        .putAllSettings(grown.found().words())
        .putAllSettings(grown.settings().asMap())
        .putSettings(Training.TRIALS, Integer.toString(settings.search().budget().trials()))
        .putSettings(Training.HISTORY, Boolean.toString(settings.history()))
        .setSeed(settings.seed())
        .setJvm(System.getProperty("java.vm.name") + " " + Runtime.version())
        .setTrainingSeconds(seconds)
        .setWorkflow(settings.workflow())
        .build();
  }
}
