package dev.alta.loadtest.pipelines;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.flink.FlinkJob;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.Prepare;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.proto.v1.Encounter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.Create;

/** What is measured, on one database that is emptied before. */
final class Bench {
  static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final int PARALLELISM = 2;
  private static final long SEED = 7;

  private final DatabaseSettings database;
  private final Psql psql;

  Bench(DatabaseSettings database) {
    this.database = database;
    this.psql = new Psql(database);
  }

  /** Throws away all that is there, and makes empty tables. */
  void reset() throws IOException, InterruptedException {
    psql.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    Database.open(database, CONTRACT).close();
    psql.run("CHECKPOINT");
  }

  /** {@code psql \copy} of a file into raw_data with its indexes, in seconds. */
  double copyIn(Path file) throws IOException, InterruptedException {
    reset();
    String columns = CONTRACT.stored().stream().map(Column::name).collect(Collectors.joining(", "));
    return psql.seconds(
        "ALTER TABLE raw_data ALTER batch_id SET DEFAULT 1",
        "\\copy raw_data (" + columns + ") FROM '" + file + "' WITH (FORMAT csv, HEADER)");
  }

  /** {@code psql \copy} of raw_data to a file and from there into a table like it, in seconds. */
  double copyOutAndIn(Path file) throws IOException, InterruptedException {
    psql.run(
        "DROP TABLE IF EXISTS copied",
        "CREATE TABLE copied (LIKE raw_data INCLUDING INDEXES)",
        "CHECKPOINT");
    double seconds =
        psql.seconds("\\copy raw_data TO '" + file + "'", "\\copy copied FROM '" + file + "'");
    psql.run("DROP TABLE copied");
    return seconds;
  }

  /** An ingest into empty tables, in seconds. */
  double ingest(Path file) throws IOException, InterruptedException {
    reset();
    return ingestAgain(file);
  }

  /** An ingest into the tables as they are, in seconds. */
  double ingestAgain(Path file) {
    IngestSettings settings =
        IngestSettings.of(database, file)
            .withFlink(new FlinkSettings(FlinkSettings.LOCAL, PARALLELISM));
    return seconds(() -> Ingest.run(settings, CONTRACT, Progress.UNWATCHED));
  }

  /** A first prepare of what is in raw_data, in seconds. */
  double prepare() throws IOException, InterruptedException {
    psql.run("TRUNCATE clean_data_generation, clean_data, split_assignment CASCADE", "CHECKPOINT");
    PrepareSettings settings =
        PrepareSettings.of(database)
            .withSeed(SEED)
            .withFlink(new FlinkSettings(FlinkSettings.LOCAL, PARALLELISM));
    return seconds(() -> Prepare.run(settings, CONTRACT, Progress.UNWATCHED));
  }

  /** What a table takes on disk, with its partitions, indexes and long values. */
  double bytes(String table) throws IOException, InterruptedException {
    String partitions =
        "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('" + table + "')";
    // A table without partitions is no tree.
    return Double.parseDouble(
        psql.run("SELECT coalesce((" + partitions + "), pg_total_relation_size('" + table + "'))"));
  }

  double bytesOfAll() throws IOException, InterruptedException {
    return Double.parseDouble(psql.run("SELECT pg_database_size(current_database())"));
  }

  /** A Flink job that does nothing, in seconds. */
  static double emptyJob() {
    return seconds(
        () ->
            FlinkJob.run(
                "nothing",
                new FlinkSettings(FlinkSettings.LOCAL, PARALLELISM),
                pipeline -> pipeline.apply("One", Create.of(1))));
  }

  /** How long something takes, the opening of the database included. */
  static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
