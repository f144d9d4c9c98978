package dev.alta.app.cluster;

import dev.alta.database.DatabaseSettings;
import dev.alta.kubernetes.job.JobOrder;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.pipelines.score.ScoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The line that the job jar is given. Passwords are not in it: the job's pods have them from the
 * cluster's secret.
 */
final class JobLine {
  private final List<String> args = new ArrayList<>();

  private JobLine(String job) {
    args.add(job);
  }

  static JobOrder of(IngestSettings settings) {
    return new JobLine("ingest")
        .option("data", settings.data())
        .option("source", settings.source())
        .option("batchRows", settings.batchRows())
        .option("maxRejects", settings.maxRejects())
        .database(settings.database())
        .store(settings.store())
        .order(settings.flink().parallelism(), settings.workflow());
  }

  static JobOrder of(PrepareSettings settings) {
    return new JobLine("prepare")
        .option("seed", settings.seed())
        .database(settings.database())
        .store(settings.store())
        .order(settings.flink().parallelism(), settings.workflow());
  }

  /**
   * Of scoring.
   *
   * @param database keeps the run
   */
  static JobOrder of(ScoreSettings settings, DatabaseSettings database) {
    return new JobLine("score")
        .option("input", settings.input())
        .option("output", settings.output())
        .option("reasons", settings.reasons())
        .option("rank", settings.ranked())
        .option("modelVersion", settings.version().orElse(0))
        .database(database)
        .store(Optional.of(settings.store()))
        .order(settings.flink().parallelism(), OptionalLong.empty());
  }

  private JobLine database(DatabaseSettings database) {
    return option("databaseUrl", database.url()).option("databaseUser", database.user());
  }

  private JobLine store(Optional<StoreSettings> store) {
    store.ifPresent(
        bucket ->
            option("storeUrl", bucket.url())
                .option("storeAccessKey", bucket.accessKey())
                .option("storeBucket", bucket.bucket()));
    return this;
  }

  private JobLine option(String name, Object value) {
    if (!value.toString().isEmpty()) {
      args.add("--" + name + "=" + value);
    }
    return this;
  }

  private JobOrder order(int parallelism, OptionalLong workflow) {
    option("parallelism", parallelism); // Flink's own setting does not reach Beam
    workflow.ifPresent(number -> option("workflow", number));
    return new JobOrder(args.get(0), args, parallelism, workflow);
  }
}
