package dev.alta.pipelines.prepare;

import dev.alta.database.DatabaseSettings;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.flink.FlinkSettings;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How clean_data is made.
 *
 * @param seed deals out the patients who are new; those who have their side keep it, whatever the
 *     seed
 * @param store the bucket for split certificate and data profile, which are in the tables in any
 *     case
 * @param workflow that asked for it; empty where a person did
 */
public record PrepareSettings(
    DatabaseSettings database,
    FlinkSettings flink,
    long seed,
    Optional<StoreSettings> store,
    OptionalLong workflow) {
  public static final long SEED = 42;

  /** The usual settings, without a bucket. */
  public static PrepareSettings of(DatabaseSettings database) {
    return new PrepareSettings(
        database, FlinkSettings.local(), SEED, Optional.empty(), OptionalLong.empty());
  }

  public PrepareSettings withFlink(FlinkSettings newFlink) {
    return new PrepareSettings(database, newFlink, seed, store, workflow);
  }

  public PrepareSettings withSeed(long newSeed) {
    return new PrepareSettings(database, flink, newSeed, store, workflow);
  }

  public PrepareSettings withStore(StoreSettings newStore) {
    return new PrepareSettings(database, flink, seed, Optional.of(newStore), workflow);
  }

  /** The same, for a workflow. */
  public PrepareSettings ofWorkflow(long number) {
    return withWorkflow(OptionalLong.of(number));
  }

  public PrepareSettings withWorkflow(OptionalLong number) {
    return new PrepareSettings(database, flink, seed, store, number);
  }
}
