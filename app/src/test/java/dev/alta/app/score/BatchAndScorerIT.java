package dev.alta.app.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.app.data.SyntheticFile;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.RowMessage;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.core.life.Listen;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.score.Score;
import dev.alta.pipelines.score.ScoreResult;
import dev.alta.pipelines.score.ScoreSettings;
import dev.alta.proto.v1.BatchItem;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictBatchRequest;
import dev.alta.proto.v1.PredictResponse;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.scorer.Scorer;
import dev.alta.scorer.ScorerSettings;
import dev.alta.training.Training;
import dev.alta.training.TrainingResult;
import dev.alta.training.TrainingSettings;
import dev.alta.training.promote.Promoter;
import dev.alta.training.promote.PromotionLimits;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch scoring beside the scorer, with the same trained model. */
class BatchAndScorerIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final String MODEL = "readmission";
  private static final int ROWS = 3_000;
  private static final long SEED = 5;

  @TempDir private Path folder;

  @Test
  void answerEveryRowWithTheSameBits() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start(folder.resolve("store"))) {
      StoreSettings store =
          new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "alta");
      train(store);
      Path input = folder.resolve("encounters.csv");
      SyntheticFile.write(input, ROWS, SEED);
      Path output = folder.resolve("scores.csv");
      ScoreResult result =
          Score.run(
                  ScoreSettings.of(store, MODEL, input.toString(), output.toString()),
                  CONTRACT,
                  Progress.UNWATCHED)
              .orElseThrow();

      List<BatchItem> answers = askScorer(store);
      List<String> expected =
          answers.stream().filter(BatchItem::hasPrediction).map(this::line).toList();
      List<String> scores = Files.readAllLines(output);
      assertThat(scores.subList(1, scores.size()))
          .extracting(line -> line.split(",", 3)[2])
          .isEqualTo(expected);
      assertThat(result.scored()).isEqualTo(expected.size()).isBetween(2_500L, 2_999L);
      assertThat(result.rejected()).isEqualTo(answers.stream().filter(BatchItem::hasError).count());
    }
  }

  private static void train(StoreSettings settings) throws InterruptedException {
    try (ObjectStore store = ObjectStore.open(settings)) {
      Registry registry = new Registry(store, MODEL, Clock.systemUTC());
      TrainingResult result =
          new Training(CONTRACT, BatchAndScorerIT::rowsToLearnFrom, registry)
              .train(
                  TrainingSettings.standard(7, "test")
                      .withHighestAuroc(0.95)
                      .withBootstrapSamples(20),
                  Progress.UNWATCHED);
      new Promoter(
              CONTRACT, BatchAndScorerIT::rowsToLearnFrom, registry, PromotionLimits.standard())
          .force(result.versions().get(0).number(), "test", "the only one");
    }
  }

  private static long rowsToLearnFrom(BiConsumer<Side, Row> each) {
    Cleaner cleaner = new Cleaner(CONTRACT);
    for (Row row : generated(6_000, 1)) {
      if (cleaner.clean(row) instanceof Cleaned.Kept kept) {
        long place = row.whole(CONTRACT.patient()) % 5;
        each.accept(place < 3 ? Side.TRAIN : place == 3 ? Side.VALIDATION : Side.TEST, kept.row());
      }
    }
    return 1;
  }

  private static List<Row> generated(int count, long seed) {
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(generator.next());
    }
    return rows;
  }

  private static List<BatchItem> askScorer(StoreSettings settings) throws Exception {
    ObjectStore store = ObjectStore.open(settings);
    try (store;
        Scorer scorer =
            Scorer.start(
                ScorerSettings.of(Listen.onLoopback(0), Listen.onLoopback(0)),
                () -> new Registry(store, MODEL, Clock.systemUTC()),
                null,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(Listen.onLoopback(scorer.port()).address())
              .usePlaintext()
              .build();
      try {
        awaitWarm(channel);
        PredictBatchRequest.Builder request = PredictBatchRequest.newBuilder();
        for (Row row : generated(ROWS, SEED)) {
          request.addEncounters(RowMessage.write(row, Encounter.newBuilder()));
        }
        return ReadmissionServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(60, TimeUnit.SECONDS)
            .predictBatch(request.build())
            .getItemsList();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static void awaitWarm(ManagedChannel channel) {
    Iterator<HealthCheckResponse> states =
        HealthGrpc.newBlockingStub(channel)
            .withWaitForReady()
            .withDeadlineAfter(60, TimeUnit.SECONDS)
            .watch(HealthCheckRequest.getDefaultInstance());
    while (states.next().getStatus() != ServingStatus.SERVING) {
      // The next one comes when it changes.
    }
  }

  /** The scorer's answer as batch scoring writes it; the text of a double stands for its bits. */
  private String line(BatchItem item) {
    PredictResponse answer = item.getPrediction();
    List<String> cells = new ArrayList<>();
    cells.add(answer.getPrediction());
    for (String name : CONTRACT.classes()) {
      cells.add(Double.toString(answer.getProbabilitiesOrThrow(name)));
    }
    cells.add(Double.toString(answer.getProbabilityReadmitted()));
    cells.add(Double.toString(answer.getProbabilityWithin30Days()));
    cells.add(answer.getRisk().name());
    cells.add(Double.toString(answer.getRiskPercentile()));
    cells.addAll(List.of(MODEL, answer.getModelAlias(), answer.getModelVersion()));
    return CsvRecord.line(cells);
  }
}
