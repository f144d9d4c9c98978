package dev.alta.pipelines.score;

import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.flink.FlinkSettings;
import java.util.Optional;

/**
 * What is scored, with what, and where the answers go.
 *
 * @param store has the models, and the buckets of {@code s3://} files
 * @param database keeps the run among those of the pipelines, if there is one; needed where input
 *     or output is in it
 * @param model name of the model in the registry
 * @param version of the model; empty for the one that the alias champion points to
 * @param input a CSV file, plain or compressed by gzip, of this machine or {@code s3://bucket/key},
 *     or a pattern of either; {@code table:raw_data} or {@code table:clean_data}; or a query,
 *     {@code SELECT …}, whose columns have names of the contract
 * @param output a file, of this machine or {@code s3://bucket/key}: JSON lines if it ends in {@code
 *     .jsonl}, else CSV, compressed if {@code .gz} follows; or {@code table:name}
 * @param reasons how many columns are named for each row that moved it most; 0 for none
 * @param ranked whether the rows of a file are in the order of their risk, the highest first
 * @param sharedFiles whether the workers of a cluster see the same files as this machine
 */
public record ScoreSettings(
    StoreSettings store,
    Optional<DatabaseSettings> database,
    FlinkSettings flink,
    String model,
    Optional<Integer> version,
    String input,
    String output,
    int reasons,
    boolean ranked,
    boolean sharedFiles) {
  /** How an address of a table begins. */
  public static final String TABLE = "table:";

  private static final int MOST_REASONS = 100;

  public ScoreSettings {
    if (reasons < 0 || reasons > MOST_REASONS) {
      throw new IllegalArgumentException(
          "reasons: " + reasons + " (expected: 0 to " + MOST_REASONS + ")");
    }
    if (version.isPresent() && version.get() < 1) {
      throw new IllegalArgumentException("version: " + version.get() + " (expected: > 0)");
    }
    if (input.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          (input.isBlank() ? "input" : "output") + ": empty (expected: a file or a table)");
    }
    if (ranked && output.startsWith(TABLE)) {
      throw new IllegalArgumentException(
          "ranked: with output "
              + output
              + " (expected: a file, as a table has no order; ask it with ORDER BY"
              + " probability_within_30_days DESC)");
    }
    if (database.isEmpty() && needsDatabase(input, output)) {
      throw new IllegalArgumentException(
          "database: none (expected: one, as it is read or written)");
    }
  }

  /** The usual settings: the champion, in this process, no reasons, in the order of the input. */
  public static ScoreSettings of(StoreSettings store, String model, String input, String output) {
    return new ScoreSettings(
        store,
        Optional.empty(),
        FlinkSettings.local(),
        model,
        Optional.empty(),
        input,
        output,
        0,
        false,
        false);
  }

  /** The same with a database that keeps the run, and that input or output may be in. */
  public static ScoreSettings of(
      StoreSettings store, DatabaseSettings database, String model, String input, String output) {
    return new ScoreSettings(
        store,
        Optional.of(database),
        FlinkSettings.local(),
        model,
        Optional.empty(),
        input,
        output,
        0,
        false,
        false);
  }

  /** Whether an input or output is in the database. */
  public static boolean needsDatabase(String input, String output) {
    return input.startsWith(TABLE) || QueryInput.isQuery(input) || output.startsWith(TABLE);
  }

  public ScoreSettings withFlink(FlinkSettings newFlink) {
    return new ScoreSettings(
        store, database, newFlink, model, version, input, output, reasons, ranked, sharedFiles);
  }

  public ScoreSettings withVersion(Optional<Integer> newVersion) {
    return new ScoreSettings(
        store, database, flink, model, newVersion, input, output, reasons, ranked, sharedFiles);
  }

  public ScoreSettings withReasons(int count) {
    return new ScoreSettings(
        store, database, flink, model, version, input, output, count, ranked, sharedFiles);
  }

  public ScoreSettings withRanked(boolean newRanked) {
    return new ScoreSettings(
        store, database, flink, model, version, input, output, reasons, newRanked, sharedFiles);
  }

  public ScoreSettings withSharedFiles(boolean shared) {
    return new ScoreSettings(
        store, database, flink, model, version, input, output, reasons, ranked, shared);
  }
}
