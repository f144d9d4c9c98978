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
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Manifest;
import dev.alta.testing.Visit;
import dev.alta.training.leak.LeakageException;
import dev.alta.training.promote.Promoter;
import dev.alta.training.trees.TreeSettings;
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
  private static final List<CleanRow> ROWS = GeneratedRows.of(CONTRACT, 8_000, 3);
  // The generator's signal is its own, so that what the real data can reach does not apply.
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(TreeSettings.standard().withRounds(40), 7, 100, 0.95, "test");

  @TempDir static Path folder;
  private static PostgresServer postgres;
  private static S3Endpoint endpoint;
  private static Database database;
  private static int buckets;

  private Registry registry;
  private Training training;

  @BeforeAll
  static void start() throws IOException {
    postgres =
        PostgresServer.start(
            PostgresSettings.in(folder.resolve("postgres"))
                .withBinariesIn(Path.of("target", "postgres-binaries"))
                .notDurable());
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
  void makesAChampionThatAScorerCanUse() {
    TrainingResult result = training.train(SETTINGS, Progress.UNWATCHED);
    Promoter promoter = Promoter.of(CONTRACT, database.cleanData(), registry);
    assertThat(promoter.proposeBestOf(List.of(result.manifest()), "test").getKind())
        .isEqualTo(DecisionKind.PROMOTED);
    assertThat(result.trees()).isEqualTo(120);
    assertThat(result.largestDifference()).isLessThanOrEqualTo(1e-6);
    StoredModel champion = registry.load("champion");
    Predictor predictor = Predictor.of(CONTRACT, champion.model());
    predictor.selfCheck();
    assertThat(predictor.encoder().size()).isEqualTo(result.features());
    assertThat(champion.model().getSamplesCount()).isBetween(20, 22);
    assertThat(champion.model().getSamples(0).getEncounterMap())
        .containsKey("age")
        .doesNotContainKeys("encounter_id", "patient_nbr", "readmitted");
  }

  @Test
  void saysFromWhatItWasMadeAndHowGoodItIs() {
    Manifest manifest = training.train(SETTINGS, Progress.UNWATCHED).manifest();
    assertThat(manifest.getProvenance().getDataSha256()).matches("[0-9a-f]{64}");
    assertThat(manifest.getProvenance().getDataGeneration())
        .isEqualTo(database.cleanData().latestGeneration().orElseThrow().number());
    assertThat(manifest.getProvenance().getTrainer())
        .matches("XGBoost [0-9.]+ through Tribuo [0-9.]+");
    assertThat(manifest.getProvenance().getCodeVersion()).isEqualTo("test");
    assertThat(manifest.getProvenance().getSettingsMap()).containsEntry("num_round", "40");
    assertThat(
            manifest.getProvenance().getTrainingRows()
                + manifest.getValidation().getRows()
                + manifest.getTest().getRows())
        .isEqualTo(ROWS.size());
    assertThat(manifest.getTest().getAurocList()).allSatisfy(a -> assertThat(a).isGreaterThan(0.5));
    assertThat(registry.manifest(1)).contains(manifest);
  }

  @Test
  void makesTheSameModelAgain() {
    Manifest first = training.train(SETTINGS, Progress.UNWATCHED).manifest();
    Manifest second = training.train(SETTINGS, Progress.UNWATCHED).manifest();
    assertThat(second.getVersion()).isEqualTo("2");
    assertThat(second.getObjectsList()).isEqualTo(first.getObjectsList());
  }

  @Test
  void publishesNothingThatIsTooGoodToBeTrue() {
    TrainingSettings strict = new TrainingSettings(SETTINGS.trees(), 7, 100, 0.501, "test");
    assertThatExceptionOfType(LeakageException.class)
        .isThrownBy(() -> training.train(strict, Progress.UNWATCHED));
    assertThat(registry.versions()).isEmpty();
    assertThat(registry.alias("champion")).isEmpty();
  }

  @Test
  void trainsOnAContractOfAnotherShape() {
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
