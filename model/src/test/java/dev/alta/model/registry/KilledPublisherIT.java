package dev.alta.model.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.embedded.S3Endpoint;
import dev.alta.model.bundle.VisitModels;
import dev.alta.proto.v1.DecisionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills (SIGKILL) a process that publishes and promotes, bucket included, at random moments. How
 * many times: {@code -Dalta.kills=20}, as CI does; 2 otherwise, since each costs the start of a
 * JVM.
 */
final class KilledPublisherIT {
  private static final int KILLS = Integer.getInteger("alta.kills", 2);

  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  private final long seed = Long.getLong("alta.seed", System.nanoTime());
  private final Random random = new Random(seed);
  @TempDir Path folder;

  @Test
  void leavesNoHalfVersionVisibleAndNothingThatKeepsOthersFromPublishing() throws Exception {
    int published = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      List<String> said = killAtARandomMoment();
      published = lookAndPublish("kill " + kill + ", seed " + seed, said);
    }
    System.out.printf("%d kills, seed %d, %d versions%n", KILLS, seed, published);
  }

  private List<String> killAtARandomMoment() throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process process = PublishingProcess.start(folder.resolve("store"), said);
    try {
      Instant giveUp = Instant.now().plus(LONGEST_START);
      while (!Files.readString(said).startsWith("ready")) {
        assertThat(process.isAlive()).as("publisher").isTrue();
        assertThat(Instant.now()).as("time to start").isBefore(giveUp);
        process.waitFor(10, TimeUnit.MILLISECONDS);
      }
      process.waitFor(random.nextInt(1_500), TimeUnit.MILLISECONDS);
      assertThat(process.isAlive()).as("publisher").isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
    return Files.readAllLines(said);
  }

  private int lookAndPublish(String when, List<String> said) throws IOException {
    S3Endpoint endpoint = S3Endpoint.start(folder.resolve("store"));
    try (ObjectStore store =
        ObjectStore.open(TestRegistry.settings(endpoint, PublishingProcess.BUCKET))) {
      Registry registry = TestRegistry.on(store);
      List<Integer> versions = registry.versions();
      for (int version : versions) {
        assertThat(registry.verify(version, VisitModels.CONTRACT).findings()).as(when).isEmpty();
      }
      assertThat(versions).as(when).containsAll(numbers(said, "published "));
      assertThat(champions(registry)).as(when).containsAll(numbers(said, "promoted "));

      int next = Integer.parseInt(registry.publish(TestRegistry.publication(1_000)).getVersion());
      registry.decide(registry.history(), TestRegistry.draft(DecisionKind.PROMOTED, next));
      assertThat(registry.load("champion").version()).as(when).isEqualTo(next);
      assertThat(registry.versions()).as(when).hasSize(versions.size() + 1).endsWith(next);
      return versions.size() + 1;
    } finally {
      endpoint.close();
    }
  }

  /** All that were champion; the last of them must be it now. */
  private static List<Integer> champions(Registry registry) {
    History history = registry.history();
    List<Integer> champions =
        history.decisions().stream().map(d -> Integer.parseInt(d.getVersion())).toList();
    if (!champions.isEmpty()) {
      assertThat(history.champion()).hasValue(champions.get(champions.size() - 1));
      assertThat(registry.load("champion").version())
          .isEqualTo(champions.get(champions.size() - 1));
    }
    return champions;
  }

  private static List<Integer> numbers(List<String> said, String what) {
    return said.stream()
        .filter(line -> line.startsWith(what))
        .map(line -> Integer.parseInt(line.substring(what.length())))
        .toList();
  }
}
