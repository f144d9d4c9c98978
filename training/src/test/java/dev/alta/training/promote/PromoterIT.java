package dev.alta.training.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Contract;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Publication;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.RegistryException;
import dev.alta.model.registry.StoreSettings;
import dev.alta.model.registry.VersionState;
import dev.alta.proto.v1.Comparison;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.CleanRow;
import dev.alta.training.GeneratedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromoterIT {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final List<CleanRow> ROWS = GeneratedRows.of(CONTRACT, 20_000, 3);

  // What the generator's outcome depends on, and what it does not.
  private static final String TELLING = "number_inpatient";
  private static final String USELESS = "num_procedures";

  @TempDir static Path folder;
  private static S3Endpoint endpoint;
  private static int buckets;

  private Registry registry;
  private Promoter promoter;

  @BeforeAll
  static void start() throws IOException {
    endpoint = S3Endpoint.start(folder.resolve("store"));
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @BeforeEach
  void openAnEmptyBucket() {
    StoreSettings settings =
        new StoreSettings(
            endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "models-" + ++buckets);
    registry = new Registry(ObjectStore.open(settings), "readmission", Clock.systemUTC());
    promoter =
        new Promoter(
            CONTRACT,
            GeneratedRows.source(ROWS),
            registry,
            new PromotionLimits(200, 1, 0.5, 500, 0.5));
  }

  @Test
  void makesTheFirstThatIsBetterThanTheBaselineChampion() {
    publish(USELESS, 2, 0.55, 0.6);
    publish(TELLING, 3, 0.65, 0.6);
    Decision first = promoter.propose(1, "tester");
    assertThat(first.getKind()).isEqualTo(DecisionKind.NOT_PROMOTED);
    assertThat(first.getReason()).startsWith("no champion: mean AUROC 0.5500 against 0.6000");
    assertThat(registry.alias(Alias.CHAMPION)).isEmpty();
    Decision second = promoter.propose(2, "tester");
    assertThat(second.getKind()).isEqualTo(DecisionKind.PROMOTED);
    assertThat(second.getRule()).startsWith("The champion is replaced if");
    assertThat(registry.load("champion").version()).isEqualTo(2);
  }

  @Test
  void replacesAChampionOnlyByOneThatIsBetterOnTheSameTestRows() {
    publish(USELESS, 2, 0.65, 0.6);
    publish(TELLING, 3, 0.65, 0.6);
    publish(USELESS, 3, 0.99, 0.6);
    promoter.propose(1, "tester");
    Decision better = promoter.propose(2, "tester");
    assertThat(better.getReason()).startsWith("replaces champion 1: mean AUROC 0.");
    assertThat(better.getRows())
        .isEqualTo(better.getComparisons(0).getRows())
        .isBetween(3_000L, 5_000L);
    assertThat(better.getDataGeneration()).isEqualTo(1);
    assertThat(better.getComparisonsList())
        .extracting(Comparison::getFigure)
        .startsWith("mean_auroc", "calibration_error")
        .contains("mean_auroc of gender Female");
    assertThat(registry.load("champion").version()).isEqualTo(2);
    assertThat(registry.load("previous").version()).isEqualTo(1);

    Decision worse = promoter.propose(3, "tester");
    assertThat(worse.getKind()).isEqualTo(DecisionKind.NOT_PROMOTED);
    assertThat(worse.getReason()).startsWith("champion 2 stays: mean AUROC 0.");
    assertThat(registry.load("champion").version()).isEqualTo(2);
    assertThat(registry.load("challenger").version()).isEqualTo(3);
  }

  @Test
  void givesADecisionAgainThatStandsAlready() {
    publish(TELLING, 3, 0.65, 0.6);
    publish(TELLING, 3, 0.65, 0.6);
    Decision first = promoter.propose(1, "tester");
    Decision second = promoter.propose(2, "tester");
    assertThat(promoter.propose(1, "another")).isEqualTo(first);
    assertThat(promoter.propose(2, "another")).isEqualTo(second);
    assertThat(registry.history().decisions()).containsExactly(first, second);
  }

  @Test
  void proposesTheBestByItsValidationRowsAndSaysThatTheOthersWereNot() {
    List<Manifest> versions =
        List.of(publish(TELLING, 3, 0.65, 0.6), publish(TELLING, 2, 0.66, 0.6));
    Decision decision = promoter.proposeBestOf(versions, "tester");
    promoter.proposeBestOf(versions, "tester");
    assertThat(decision.getVersion()).isEqualTo("2");
    assertThat(registry.history().decisions())
        .hasSize(2)
        .first()
        .satisfies(
            other -> {
              assertThat(other.getKind()).isEqualTo(DecisionKind.NOT_PROPOSED);
              assertThat(other.getReason())
                  .isEqualTo(
                      "version 2 was proposed: mean AUROC on the validation rows 0.6600 against"
                          + " 0.6500");
            });
  }

  @Test
  void doesNotOverruleAPersonButAPersonOverrulesIt() {
    publish(USELESS, 2, 0.65, 0.6);
    publish(TELLING, 3, 0.65, 0.6);
    promoter.propose(1, "tester");
    registry.decide(
        registry.history(),
        Decision.newBuilder()
            .setKind(DecisionKind.REJECTED)
            .setVersion("2")
            .setWho("dr. grey")
            .setReason("not yet")
            .build());
    assertThat(promoter.propose(2, "tester").getReason())
        .isEqualTo("dr. grey said no in decision 2 (rejected): not yet");
    assertThat(registry.history().state(2)).isEqualTo(VersionState.REJECTED);
    Decision forced = promoter.force(2, "dr. grey", "now");
    assertThat(forced.getForced()).isTrue();
    assertThat(forced.getRule()).isEmpty();
    assertThat(registry.load("champion").version()).isEqualTo(2);
    assertThatExceptionOfType(RegistryException.NoSuchModel.class)
        .isThrownBy(() -> promoter.force(9, "dr. grey", "now"));
  }

  private Manifest publish(String column, int steps, double meanAuroc, double baseline) {
    Evaluation figures =
        Evaluation.newBuilder()
            .setRows(100)
            .setMeanAuroc(meanAuroc)
            .addAuroc(0.6)
            .addAuroc(0.6)
            .addAuroc(0.6)
            .build();
    return registry.publish(
        Publication.of(
            StumpModels.of(CONTRACT, column, steps, ROWS.get(0).row()),
            ByteString.copyFromUtf8("{}"),
            Manifest.newBuilder()
                .setValidation(figures)
                .setTest(figures)
                .setBaseline(Evaluation.newBuilder().setMeanAuroc(baseline))
                .build()));
  }
}
