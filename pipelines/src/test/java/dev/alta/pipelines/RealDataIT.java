package dev.alta.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.database.DatabaseSettings;
import dev.alta.database.Generation;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestResult;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.Prepare;
import dev.alta.pipelines.prepare.PrepareResult;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.proto.v1.Encounter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of the published data set; runs where {@code -Dalta.data=FILE} names its file. */
final class RealDataIT {
  private static final Logger log = LoggerFactory.getLogger(RealDataIT.class);

  @Test
  void givesTheKnownFiguresOfTheDataSet() throws Exception {
    String file = System.getProperty("alta.data", "");
    assumeTrue(!file.isEmpty(), "needs -Dalta.data=…/diabetic_data.csv.gz");
    Contract contract = Contract.of(Encounter.getDescriptor());
    DatabaseSettings database = TestDatabase.empty();

    IngestResult ingested =
        Ingest.run(IngestSettings.of(database, Path.of(file)), contract, Progress.UNWATCHED);
    log.info("Ingest took {} s", ingested.seconds());
    assertThat(ingested.read()).isEqualTo(101_766);
    assertThat(ingested.accepted()).isEqualTo(101_766);
    assertThat(ingested.newBatches()).isEqualTo(7);

    PrepareResult prepared =
        Prepare.run(PrepareSettings.of(database), contract, Progress.UNWATCHED);
    log.info("Prepare took {} s", prepared.seconds());
    Generation generation = prepared.generation();
    assertThat(generation.excluded()).isEqualTo(Map.of("died or in hospice care", 2_423L));
    assertThat(generation.kept()).isEqualTo(99_343);
    checkSides(generation, contract);
    log.info("Sides: {}", generation.counts());

    IngestResult again =
        Ingest.run(IngestSettings.of(database, Path.of(file)), contract, Progress.UNWATCHED);
    log.info("Second ingest took {} s", again.seconds());
    assertThat(again.alreadyThere()).isEqualTo(101_766);
    assertThat(Prepare.run(PrepareSettings.of(database), contract, Progress.UNWATCHED).isNew())
        .isFalse();
  }

  private static void checkSides(Generation generation, Contract contract) {
    for (String label : contract.classes()) {
      long all =
          generation.counts().values().stream().mapToLong(c -> c.getOrDefault(label, 0L)).sum();
      assertThat(share(generation, Side.TRAIN, label)).isCloseTo(0.6 * all, within(3.0));
      assertThat(share(generation, Side.VALIDATION, label)).isCloseTo(0.2 * all, within(3.0));
      assertThat(share(generation, Side.TEST, label)).isCloseTo(0.2 * all, within(3.0));
    }
  }

  private static double share(Generation generation, Side side, String label) {
    return generation.counts().getOrDefault(side, Map.of()).getOrDefault(label, 0L);
  }
}
