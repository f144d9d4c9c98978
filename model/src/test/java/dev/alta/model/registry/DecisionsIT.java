package dev.alta.model.registry;

import static dev.alta.model.registry.TestRegistry.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import dev.alta.embedded.S3Endpoint;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecisionsIT {
  @TempDir static Path folder;
  private static S3Endpoint endpoint;
  private static int buckets;

  private ObjectStore store;
  private Registry registry;

  @BeforeAll
  static void start() throws IOException {
    endpoint = S3Endpoint.start(folder.resolve("store"));
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @BeforeEach
  void publishFourVersions() {
    store = ObjectStore.open(TestRegistry.settings(endpoint, "decisions-" + ++buckets));
    registry = TestRegistry.on(store);
    for (int i = 0; i < 4; i++) {
      registry.publish(TestRegistry.publication(10));
    }
  }

  @Test
  void movesTheAliasesAsItDecides() {
    decide(DecisionKind.PROMOTED, 1);
    assertThat(states()).isEqualTo("champion candidate candidate candidate");
    decide(DecisionKind.NOT_PROMOTED, 2);
    assertThat(states()).isEqualTo("champion challenger candidate candidate");
    decide(DecisionKind.NOT_PROMOTED, 3);
    assertThat(states()).isEqualTo("champion rejected challenger candidate");
    decide(DecisionKind.PROMOTED, 3);
    assertThat(states()).isEqualTo("previous rejected champion candidate");
    assertThat(registry.alias("challenger")).isEmpty();
    decide(DecisionKind.ROLLED_BACK, 3);
    assertThat(states()).isEqualTo("champion rejected previous candidate");
    decide(DecisionKind.REJECTED, 3);
    assertThat(states()).isEqualTo("champion rejected rejected candidate");
    assertThat(registry.alias("previous")).isEmpty();
    decide(DecisionKind.PROMOTED, 4);
    assertThat(states()).isEqualTo("previous rejected rejected champion");
    decide(DecisionKind.ARCHIVED, 2);
    assertThat(states()).isEqualTo("previous archived rejected champion");
    assertThat(registry.load("champion").version()).isEqualTo(4);
    assertThat(registry.load("previous").version()).isEqualTo(1);
  }

  @Test
  void keepsWhatWasDecided() {
    decide(DecisionKind.PROMOTED, 1);
    Decision second = decide(DecisionKind.PROMOTED, 2);
    History history = registry.history();
    assertThat(history.decisions()).hasSize(2).last().isEqualTo(second);
    assertThat(second.getNumber()).isEqualTo(2);
    assertThat(second.getWho()).isEqualTo("test");
    assertThat(second.getReason()).isEqualTo("because of 2");
    assertThat(second.getChampion()).isEqualTo("1");
    assertThat(second.getDecidedAt()).isNotEmpty();
    assertThat(second.getMovesList())
        .extracting(move -> move.getAlias() + " " + move.getFrom() + "→" + move.getTo())
        .containsExactly("champion 1→2", "previous →1");
    assertThat(history.alias("champion").orElseThrow().decision()).isEqualTo(2);
    assertThat(history.alias("champion").orElseThrow().reason()).isEqualTo("because of 2");
  }

  @Test
  void refusesWhatCannotBe() {
    decide(DecisionKind.PROMOTED, 1);
    decide(DecisionKind.ARCHIVED, 2);
    assertThatNotPossible(DecisionKind.PROMOTED, 2, "version 2: archived (expected: one that is");
    assertThatNotPossible(DecisionKind.ARCHIVED, 2, "version 2: archived");
    assertThatNotPossible(DecisionKind.PROMOTED, 1, "version 1: champion (expected: another");
    assertThatNotPossible(DecisionKind.ARCHIVED, 1, "version 1: champion (expected: promote");
    assertThatNotPossible(DecisionKind.REJECTED, 1, "version 1: champion (expected: promote");
    assertThatNotPossible(DecisionKind.ROLLED_BACK, 1, "no version is previous");
    assertThatNotPossible(DecisionKind.ROLLED_BACK, 3, "version 3: not champion");
    assertThatExceptionOfType(RegistryException.NoSuchModel.class)
        .isThrownBy(() -> decide(DecisionKind.PROMOTED, 9));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                registry.decide(
                    registry.history(),
                    draft(DecisionKind.PROMOTED, 3).toBuilder().setWho(" ").build()))
        .withMessage("who: empty (expected: a text)");
    assertThat(registry.history().decisions()).hasSize(2);
  }

  @Test
  void remembersWhoObjectedAndWhatTheRuleSaid() {
    decide(DecisionKind.PROMOTED, 1);
    Decision lost = decide(DecisionKind.NOT_PROMOTED, 2);
    assertThat(registry.history().ruling(2)).contains(lost);
    assertThat(registry.history().ruling(3)).isEmpty();
    decide(DecisionKind.PROMOTED, 3);
    assertThat(registry.history().ruling(2)).isEmpty();
    assertThat(registry.history().ruling(3)).isPresent();
    decide(DecisionKind.ROLLED_BACK, 3);
    assertThat(registry.history().ruling(3)).isEmpty();
    assertThat(registry.history().objection(3)).isPresent();
    decide(DecisionKind.PROMOTED, 3);
    assertThat(registry.history().objection(3)).isEmpty();
  }

  @Test
  void letsOneOfTwoWhoPromoteAtOnceWinAndTellsTheOther() throws Exception {
    decide(DecisionKind.PROMOTED, 1);
    for (int round = 0; round < 10; round++) {
      History seen = registry.history();
      int first = seen.champion().orElseThrow() == 1 ? 2 : 1;
      int other = 3 + round % 2;
      String told = "decision " + (round + 2) + " was made in the meantime by test: version ";
      List<String> outcomes =
          atOnce(
              () -> outcome(seen, draft(DecisionKind.PROMOTED, first)),
              () -> outcome(seen, draft(DecisionKind.PROMOTED, other)));
      assertThat(outcomes).filteredOn(outcome -> outcome.equals("won")).hasSize(1);
      assertThat(outcomes).filteredOn(outcome -> outcome.startsWith(told)).hasSize(1);
      History after = registry.history();
      assertThat(after.decisions()).hasSize(round + 2);
      assertThat(after.champion().orElseThrow())
          .isEqualTo(Integer.parseInt(after.decisions().get(round + 1).getVersion()));
      assertThat(after.version("previous")).isEqualTo(seen.champion());
    }
  }

  @Test
  void carriesOutWhatSomebodyDecidedWhoWasCutOffBeforeTheAliasesMoved() {
    decide(DecisionKind.PROMOTED, 1);
    ObjectStore.Fetched champion = store.get("models/visits/aliases/champion", 1 << 20);
    decide(DecisionKind.PROMOTED, 2);
    String now = store.get("models/visits/aliases/champion", 1 << 20).etag();
    store.replace("models/visits/aliases/champion", champion.bytes(), now);
    assertThat(registry.alias("champion").orElseThrow().version()).isEqualTo(1);
    assertThat(registry.history().champion()).hasValue(2);
    assertThat(registry.alias("champion").orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void leavesAnAliasThatSomebodySetWithoutADecision() {
    decide(DecisionKind.PROMOTED, 1);
    registry.setAlias("champion", 2, registry.alias("champion"), "by hand");
    assertThat(registry.history().champion()).hasValue(2);
    decide(DecisionKind.NOT_PROMOTED, 3);
    decide(DecisionKind.REJECTED, 3);
    registry.setAlias("challenger", 4, Optional.empty(), "where it was emptied");
    assertThat(states()).isEqualTo("candidate champion rejected challenger");
  }

  @Test
  void findsADecisionThatWasChangedOrTakenOut() {
    decide(DecisionKind.PROMOTED, 1);
    decide(DecisionKind.PROMOTED, 2);
    String object = "models/visits/decisions/1.json";
    ObjectStore.Fetched first = store.get(object, 1 << 20);
    String changed = first.bytes().toStringUtf8().replace("because of 1", "because of 2");
    store.replace(object, ByteString.copyFromUtf8(changed), first.etag());
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.history())
        .withMessageContaining("decisions/1.json: damaged: sha256 ")
        .withMessageContaining("as decision 2 says");
    store.create("models/visits/decisions/4.json", ByteString.copyFromUtf8("{\"number\": 4}"));
    store.replace(object, first.bytes(), store.get(object, 1 << 20).etag());
    assertThatExceptionOfType(RegistryException.Damaged.class)
        .isThrownBy(() -> registry.history())
        .withMessageContaining("decisions/3.json: damaged: not there (expected: each from 1 to 4)");
  }

  private Decision decide(DecisionKind kind, int version) {
    return registry.decide(registry.history(), draft(kind, version));
  }

  private void assertThatNotPossible(DecisionKind kind, int version, String message) {
    assertThatExceptionOfType(RegistryException.NotPossible.class)
        .isThrownBy(() -> decide(kind, version))
        .withMessageContaining(message);
  }

  private String states() {
    History history = registry.history();
    List<String> states = new ArrayList<>();
    registry.versions().forEach(version -> states.add(history.state(version).label()));
    return String.join(" ", states);
  }

  private String outcome(History seen, Decision draft) {
    try {
      registry.decide(seen, draft);
      return "won";
    } catch (RegistryException.DecidedMeanwhile told) {
      return String.valueOf(told.getMessage());
    }
  }

  private interface Promoter {
    String promote() throws Exception;
  }

  private static List<String> atOnce(Promoter... promoters) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(promoters.length);
    CyclicBarrier start = new CyclicBarrier(promoters.length);
    try {
      List<Future<String>> futures = new ArrayList<>();
      for (Promoter promoter : promoters) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return promoter.promote();
                }));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> future : futures) {
        outcomes.add(future.get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }
}
