package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.database.Outcomes.Conflict;
import dev.alta.database.Outcomes.Loaded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OutcomesIT {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private DatabaseSettings settings;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    settings = TestDatabase.empty();
    database = Database.open(settings, Visits.CONTRACT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Loaded load(boolean replace, Object... encountersAndOutcomes) {
    return database
        .outcomes()
        .load(
            "file-" + replace,
            replace,
            sink -> {
              for (int i = 0; i < encountersAndOutcomes.length; i += 2) {
                sink.add(
                    i / 2 + 2,
                    (Integer) encountersAndOutcomes[i],
                    (String) encountersAndOutcomes[i + 1]);
              }
            });
  }

  private List<String> stored() throws Exception {
    return TestDatabase.query(
        settings, "SELECT encounter, outcome, source FROM outcomes ORDER BY encounter");
  }

  @Test
  void keepsEachOutcomeOnceHoweverOftenItIsLoaded() throws Exception {
    assertThat(load(false, 1, "no", 2, "yes", 1, "no"))
        .isEqualTo(new Loaded(2, 0, 1, 0, List.of()));
    assertThat(load(false, 1, "no", 2, "yes", 3, "no"))
        .isEqualTo(new Loaded(1, 0, 2, 0, List.of()));
    assertThat(load(false)).isEqualTo(new Loaded(0, 0, 0, 0, List.of()));
    assertThat(stored()).containsExactly("1|no|file-false", "2|yes|file-false", "3|no|file-false");
    assertThat(database.outcomes().count()).isEqualTo(3);
  }

  @Test
  void refusesAnotherOutcomeOfAKnownEncounterUnlessAskedToReplaceIt() throws Exception {
    load(false, 1, "no", 2, "no");
    assertThat(load(false, 2, "yes", 3, "yes"))
        .isEqualTo(new Loaded(1, 0, 0, 1, List.of(new Conflict(2, 2, "yes", "no", "file-false"))));
    assertThat(load(true, 2, "yes", 3, "yes")).isEqualTo(new Loaded(0, 1, 1, 0, List.of()));
    assertThat(stored()).containsExactly("1|no|file-false", "2|yes|file-true", "3|yes|file-false");
  }

  @Test
  void keepsTheFirstOfTwoThatContradictEachOtherInOneFile() throws Exception {
    assertThat(load(true, 1, "no", 1, "yes"))
        .isEqualTo(new Loaded(1, 0, 0, 1, List.of(new Conflict(3, 1, "yes", "no", "file-true"))));
    assertThat(stored()).containsExactly("1|no|file-true");
  }

  @Test
  void bringsPredictionsTogetherWithWhatReallyHappened() {
    String known = "{\"visit_id\":\"7\",\"person\":\"3\",\"creatinine\":1.5,\"cause\":\"V57\"}";
    database
        .inferenceLog()
        .append(
            List.of(
                prediction("1", known, NOON, 0.3),
                prediction("1", known, NOON.plusSeconds(9), 0.4),
                prediction("2", known, NOON, 0.5),
                prediction("1", known.replace("\"7\"", "\"8\""), NOON, 0.6),
                prediction("1", "{\"creatinine\":1.5,\"cause\":\"V57\"}", NOON, 0.7),
                prediction("1", "{\"creatinine\":-1,\"cause\":\"V57\"}", NOON, 0.8)));
    load(false, 7, "yes");

    List<ServedPrediction> served = new ArrayList<>();
    database.servedPredictions().read("visits", NOON, served::add);
    assertThat(served)
        .as("all but the one that does not keep to the contract")
        .extracting(p -> p.probabilities().get(1))
        .containsExactly(0.3, 0.4, 0.5, 0.6, 0.7);
    assertThat(served.get(0).encounter().whole(Visits.CONTRACT.key())).isEqualTo(7);
    assertThat(served.get(0).at()).isEqualTo(NOON);

    assertThat(database.servedPredictions().judged("visits", NOON))
        .containsExactly(Map.entry("1", 1L), Map.entry("2", 1L));
    assertThat(judged("1", 5)).as("the latest of an encounter").containsExactly("[0.6, 0.4] 1");
    assertThat(judged("2", 5)).containsExactly("[0.5, 0.5] 1");
    assertThat(judged("2", 0)).isEmpty();
    assertThat(judged("3", 5)).isEmpty();
    served.clear();
    database.servedPredictions().readLatest("visits", 4, served::add);
    assertThat(served)
        .as("the latest four of the log but the one that does not keep to the contract")
        .extracting(p -> p.probabilities().get(1))
        .containsExactly(0.7, 0.6, 0.5);
    served.clear();
    database.servedPredictions().read("visits", NOON.plusSeconds(1), served::add);
    assertThat(served).hasSize(1);
    database.servedPredictions().read("another", NOON, served::add);
    assertThat(served).hasSize(1);
  }

  private List<String> judged(String version, long most) {
    List<String> judged = new ArrayList<>();
    database
        .servedPredictions()
        .readJudged(
            "visits", version, NOON, most, (p, to) -> judged.add(p.probabilities() + " " + to));
    return judged;
  }

  private static LoggedPrediction prediction(
      String version, String encounter, Instant at, double yes) {
    return new LoggedPrediction(
        "r",
        at,
        "visits",
        "champion",
        version,
        encounter,
        "no",
        Map.of("no", 1 - yes, "yes", yes),
        yes,
        "LOW",
        5);
  }
}
