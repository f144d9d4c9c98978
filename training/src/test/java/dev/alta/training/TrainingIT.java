package dev.alta.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Place;
import dev.alta.core.split.Side;
import dev.alta.core.split.SideCounts;
import dev.alta.core.split.SplitPlan;
import dev.alta.core.split.Stratum;
import dev.alta.core.split.StratumCut;
import dev.alta.database.CleanData;
import dev.alta.database.CleanDataDraft;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.StoredObject;
import dev.alta.testing.Visit;
import dev.alta.training.leak.LeakageException;
import dev.alta.training.search.SearchBudget;
import dev.alta.training.search.SearchRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingIT {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final List<CleanRow> ROWS = GeneratedRows.of(CONTRACT, 4_000, 3);
  // The generator's signal is its own, so that what the real data can reach does not apply.
  private static final TrainingSettings SETTINGS =
      TrainingSettings.standard(7, "test").withHighestAuroc(0.95).withBootstrapSamples(20);

  @TempDir static Path folder;
  private static PostgresServer postgres;
  private static S3Endpoint endpoint;
  private static Database database;
  private static int buckets;

  private Registry registry;
  private Training training;

  @BeforeAll
  static void start() throws IOException {
    postgres = PostgresServer.start(PostgresSettings.in(folder.resolve("postgres")).notDurable());
    endpoint = S3Endpoint.start(folder.resolve("store"));
    database =
        Database.open(
            new DatabaseSettings(postgres.url(), postgres.user(), postgres.password()), CONTRACT);
    publish(database.cleanData());
  }

  @AfterAll
  static void stop() {
    database.close();
    endpoint.close();
    postgres.close();
  }

  @BeforeEach
  void openAnEmptyBucket() {
    registry = registry("readmission");
    training = new Training(CONTRACT, database.cleanData(), registry);
  }

  @Test
  void makesAVersionForEachObjectiveWithAllThatBelongsToIt() throws InterruptedException {
    TrainingResult result = training.train(SETTINGS, Progress.UNWATCHED);
    assertThat(result.versions()).extracting(TrainedVersion::number).containsExactly(1, 2);
    for (TrainedVersion version : result.versions()) {
      assertThat(version.largestDifference()).isLessThanOrEqualTo(1e-6);
      StoredModel stored = registry.load(version.number());
      Predictor predictor = Predictor.of(CONTRACT, stored.model());
      predictor.selfCheck();
      assertThat(predictor.encoder().size()).isEqualTo(version.features());
      assertThat(predictor.kernel().trees()).isEqualTo(version.trees());
      assertThat(stored.model().getSamplesCount()).isBetween(20, 22);
      assertThat(stored.model().getSamples(0).getEncounterMap())
          .containsKey("age")
          .doesNotContainKeys("encounter_id", "patient_nbr", "readmitted");
    }
    assertThat(result.manifests())
        .extracting(Manifest::getRun)
        .containsExactly("train_model_auroc", "train_model_accuracy");
    assertSaysFromWhatItWasMadeAndHowGoodItIs(result.manifests().get(0));
    assertKeepsAllThatBelongsToIt();
  }

  private void assertKeepsAllThatBelongsToIt() {
    assertThat(registry.verify(1, CONTRACT).findings()).isEmpty();
    assertThat(SearchRecords.read(registry.attachment(1, SearchRecords.OBJECT).orElseThrow()))
        .satisfies(
            search -> {
              assertThat(search.getObjective()).isEqualTo("mean_auroc");
              assertThat(search.getTrialsCount()).isOne();
              assertThat(search.getTrials(0).getCurveCount()).isGreaterThan(3);
            });
    assertThat(registry.attachment(1, "card.html").orElseThrow().toStringUtf8())
        .contains("Model card");
  }

  private void assertSaysFromWhatItWasMadeAndHowGoodItIs(Manifest manifest) {
    assertThat(manifest.getProvenance().getDataSha256()).matches("[0-9a-f]{64}");
    assertThat(manifest.getProvenance().getDataGeneration())
        .isEqualTo(database.cleanData().latestGeneration().orElseThrow().number());
    assertThat(manifest.getProvenance().getTrainer()).matches("XGBoost [0-9.]+");
    assertThat(manifest.getProvenance().getCodeVersion()).isEqualTo("test");
    assertThat(manifest.getProvenance().getSettingsMap())
        .containsEntry("candidate", "xgboost")
        .containsKey("num_round");
    assertThat(manifest.getProvenance().getTrainingRows() + manifest.getTest().getRows())
        .isEqualTo(ROWS.size());
    assertThat(manifest.getTest().getAurocList()).allSatisfy(a -> assertThat(a).isGreaterThan(0.5));
    assertThat(manifest.getTest().getSubgroupsList()).isNotEmpty();
    assertThat(manifest.getBaseline().getRows()).isEqualTo(manifest.getTest().getRows());
    assertThat(manifest.getTestWithoutHistory().getRows()).isEqualTo(manifest.getTest().getRows());
    assertThat(manifest.getBaseline().getMeanAuroc()).isGreaterThan(0.5);
    assertThat(registry.manifest(1)).contains(manifest);
  }

  @Test
  void makesTheSameModelsOnOneThreadAndOnTwo() throws InterruptedException {
    TrainingSettings searching =
        SETTINGS.withSearch(SETTINGS.search().withBudget(SearchBudget.ofTrials(1)));
    TrainingResult two = training.train(searching, Progress.UNWATCHED);
    TrainingResult one =
        training.train(searching.withSearch(searching.search().withThreads(1)), Progress.UNWATCHED);
    for (int i = 0; i < 2; i++) {
      Manifest first = two.versions().get(i).manifest();
      Manifest second = one.versions().get(i).manifest();
      assertThat(second.getVersion()).isNotEqualTo(first.getVersion());
      assertThat(object(second, "model.pb")).isEqualTo(object(first, "model.pb"));
      assertThat(object(second, "native.json")).isEqualTo(object(first, "native.json"));
    }
  }

  private static StoredObject object(Manifest manifest, String name) {
    return manifest.getObjectsList().stream()
        .filter(object -> object.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void publishesNothingThatIsTooGoodToBeTrue() {
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> training.train(SETTINGS.withHighestAuroc(0.501), Progress.UNWATCHED));
    assertThat(registry.versions()).isEmpty();
  }

  @Test
  void trainsOnAContractOfAnotherShape() throws InterruptedException {
    Contract contract = Contract.of(Visit.getDescriptor());
    Registry visits = registry("visits");
    new Training(contract, GeneratedRows.source(GeneratedRows.of(contract, 3_000, 1)), visits)
        .train(SETTINGS, Progress.UNWATCHED);
    Predictor predictor = Predictor.of(contract, visits.load("1").model());
    predictor.selfCheck();
    assertThat(predictor.classes()).containsExactly("no", "yes");
  }

  private static Registry registry(String name) {
    StoreSettings settings =
        new StoreSettings(
            endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models-" + ++buckets);
    return new Registry(ObjectStore.open(settings), name, Clock.systemUTC());
  }

  private static void publish(CleanData cleanData) {
    try (CleanDataDraft draft = cleanData.begin("0".repeat(64), ROWS.size())) {
      cleanData.write(
          draft.run(), 1, batch -> ROWS.forEach(row -> batch.keep(row.row(), row.side())));
      cleanData.publish(draft.run(), plan(), "{}", certificate -> {});
    }
  }

  /** The plan that the rows follow, with cuts that nobody looks at. */
  private static SplitPlan plan() {
    Map<Long, int[]> encounters = new HashMap<>();
    Map<Long, Side> sides = new HashMap<>();
    for (CleanRow row : ROWS) {
      long patient = row.row().whole(CONTRACT.patient());
      encounters
          .computeIfAbsent(patient, p -> new int[CONTRACT.classes().size()])[
          row.row().position(CONTRACT.target())]++;
      sides.put(patient, row.side());
    }
    Map<Stratum, SideCounts> counts = new HashMap<>();
    sides.forEach(
        (patient, side) ->
            counts.merge(
                new Stratum(Arrays.stream(encounters.get(patient)).boxed().toList()),
                SideCounts.of(side, 1),
                SideCounts::plus));
    return SplitPlan.of(
        7,
        counts.entrySet().stream()
            .map(
                s ->
                    new StratumCut(
                        s.getKey(), s.getValue(), SideCounts.NONE, Place.START, Place.START))
            .toList());
  }
}
