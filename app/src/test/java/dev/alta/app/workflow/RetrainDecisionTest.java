package dev.alta.app.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alta.app.data.Engine;
import dev.alta.app.workflow.RetrainFacts.Arrived;
import dev.alta.app.workflow.RetrainFacts.Champion;
import dev.alta.app.workflow.RetrainFacts.Live;
import dev.alta.core.drift.ColumnDrift;
import dev.alta.core.drift.InputDrift;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetrainDecisionTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final Live TOO_FEW = new Live.TooFew("12 outcomes (expected: 90)");

  private static RetrainDecision decide(RetrainFacts facts) {
    return RetrainDecision.of(facts, RetrainLimits.standard(), false);
  }

  private static RetrainFacts facts(Arrived arrived, Live live, int ageDays, String... changes) {
    return new RetrainFacts(
        Optional.of(
            new Champion(
                3, NOW.minus(Duration.ofDays(ageDays)), 0.66, Map.of("age", 0.3, "race", 0.001))),
        Optional.empty(),
        List.of(changes),
        arrived,
        live,
        NOW);
  }

  private static Arrived arrived(long rows, ColumnDrift... columns) {
    return new Arrived.Known(rows, 10_000, new InputDrift(rows, 10_000, List.of(columns)));
  }

  private static ColumnDrift moved(String column, double psi, double chance) {
    return new ColumnDrift(column, psi, chance, List.of());
  }

  @Test
  void doesNotTrainWhereNothingIsNewAndNothingIsWrong() {
    RetrainDecision decision = decide(facts(arrived(0), TOO_FEW, 10));
    assertThat(decision.trains()).isFalse();
    assertThat(decision.words())
        .isEqualTo(
            "Not trained, because nothing is new and nothing is wrong: 0.0% new rows; no drift;"
                + " live AUROC not measurable yet; champion 10 days old; same contract");
    assertThat(decision.findings()).hasSize(5).noneMatch(Finding::calls);
    assertThat(decision.findings())
        .extracting(Finding::words)
        .contains(
            "0 rows are new since the champion, 0.0% of its 10,000 (expected: at least 10.0%)",
            "the live AUROC cannot be measured: 12 outcomes (expected: 90)");
  }

  @Test
  void trainsWhereThereIsNoChampion() {
    RetrainFacts none =
        new RetrainFacts(Optional.empty(), Optional.empty(), List.of(), arrived(0), TOO_FEW, NOW);
    assertThat(decide(none).words()).isEqualTo("Trains, because there is no champion yet");
  }

  @Test
  void trainsOnEnoughNewRows() {
    assertThat(decide(facts(arrived(999), TOO_FEW, 1)).trains()).isFalse();
    assertThat(decide(facts(arrived(1_000), TOO_FEW, 1)).words())
        .isEqualTo(
            "Trains, because 1,000 rows are new since the champion, 10.0% of its 10,000"
                + " (limit: 10.0%)");
  }

  @Test
  void trainsOnDriftOfAColumnThatMattersIfChanceDoesNotExplainIt() {
    assertThat(decide(facts(arrived(50, moved("age", 0.3, 0.1)), TOO_FEW, 1)).words())
        .isEqualTo(
            "Trains, because the inputs have drifted: population stability index age 0.30"
                + " (limit: 0.20)");
    assertThat(decide(facts(arrived(50, moved("age", 0.3, 0.31)), TOO_FEW, 1)).trains()).isFalse();
    // In the mean it is below the limit, and the champion hardly asks for it.
    assertThat(
            decide(
                    facts(
                        arrived(
                            50,
                            moved("race", 0.25, 0.1),
                            moved("age", 0.01, 0),
                            moved("x", 0.01, 0)),
                        TOO_FEW,
                        1))
                .trains())
        .isFalse();
  }

  @Test
  void trainsOnDriftInTheMean() {
    Arrived many =
        arrived(50, moved("age", 0.15, 0.01), moved("x", 0.12, 0.01), moved("y", 0.1, 0.01));
    assertThat(decide(facts(many, TOO_FEW, 1)).words())
        .contains("Trains", "population stability index 0.123 in the mean (limit: 0.10)");
    Arrived few = arrived(50, moved("age", 0.15, 0.2), moved("x", 0.12, 0.2), moved("y", 0.1, 0.2));
    assertThat(decide(facts(few, TOO_FEW, 1)).trains()).isFalse();
  }

  @Test
  void trainsWhereTheLiveAurocIsSurelyBelowThatOfTheTestRows() {
    Live surely = new Live.Measured(0.60, 0.57, 0.639, 900);
    assertThat(decide(facts(arrived(0), surely, 1)).words())
        .isEqualTo(
            "Trains, because the live mean AUROC over 900 outcomes is 0.600 (95%: 0.570 to 0.639),"
                + " surely below 0.640, which is that of the test rows less 0.02");
    Live perhaps = new Live.Measured(0.60, 0.55, 0.641, 300);
    assertThat(decide(facts(arrived(0), perhaps, 1)).trains()).isFalse();
  }

  @Test
  void trainsWhereTheChampionIsOldOrTheContractHasChanged() {
    assertThat(decide(facts(arrived(0), TOO_FEW, 179)).trains()).isFalse();
    assertThat(decide(facts(arrived(0), TOO_FEW, 180)).words())
        .isEqualTo("Trains, because the champion is 180 days old (limit: 180)");
    assertThat(decide(facts(arrived(0), TOO_FEW, 1, "weight is gone", "bmi is new")).words())
        .isEqualTo("Trains, because the contract has changed: weight is gone, bmi is new");
  }

  @Test
  void doesNotTrainOnTheSameRowsAgainUnlessForced() {
    RetrainFacts old = facts(arrived(0), TOO_FEW, 400);
    RetrainFacts same =
        new RetrainFacts(
            old.champion(), Optional.of(4), old.schemaChanges(), old.arrived(), old.live(), NOW);
    assertThat(decide(same).trains()).isFalse();
    assertThat(decide(same).words())
        .startsWith("Not trained, because version 4 was made from these very rows by this code")
        .contains("although the champion is 400 days old");
    RetrainDecision forced = RetrainDecision.of(same, RetrainLimits.standard(), true);
    assertThat(forced.trains()).isTrue();
    assertThat(forced.words()).isEqualTo("Trains, because it was asked to: --force");
  }

  @Test
  void saysWhatItCannotKnow() {
    assertThat(
            decide(facts(new Arrived.Unknown("no profile of generation 9"), TOO_FEW, 1)).findings())
        .extracting(Finding::words)
        .contains("new rows are not known: no profile of generation 9");
  }

  @Test
  void keepsItsSettingsWithTheWorkflow() {
    RetrainSettings settings =
        new RetrainSettings(
            Optional.of("data/\"x\"*.csv"),
            0.02,
            Long.MIN_VALUE,
            Engine.KUBERNETES,
            3,
            5,
            true,
            new RetrainLimits(0.2, 0.3, 0.15, 0.03, 7, 8));
    assertThat(RetrainSettings.parse(settings.json())).isEqualTo(settings);
    RetrainSettings without =
        new RetrainSettings(
            Optional.empty(), 0, 1, Engine.EMBEDDED, 2, 0, false, RetrainLimits.standard());
    assertThat(RetrainSettings.parse(without.json())).isEqualTo(without);
    assertThat(RetrainSettings.parse(without.json().replace("\"engine\":\"embedded\",", "")))
        .as("as it was kept before there were engines")
        .isEqualTo(without);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetrainLimits(0, 1, 1, 1, 1, 1))
        .withMessage("newRows: 0.0 (expected: > 0)");
  }
}
