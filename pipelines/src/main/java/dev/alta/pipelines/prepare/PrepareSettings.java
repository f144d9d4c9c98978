package dev.alta.pipelines.prepare;

import dev.alta.database.DatabaseSettings;
import dev.alta.pipelines.flink.FlinkSettings;

/**
 * How clean_data is made.
 *
 * @param seed deals out the patients; another one gives another split
 */
public record PrepareSettings(DatabaseSettings database, FlinkSettings flink, long seed) {
  public static final long SEED = 42;

  /** The usual settings. */
  public static PrepareSettings of(DatabaseSettings database) {
    return new PrepareSettings(database, FlinkSettings.local(), SEED);
  }

  public PrepareSettings withFlink(FlinkSettings newFlink) {
    return new PrepareSettings(database, newFlink, seed);
  }

  public PrepareSettings withSeed(long newSeed) {
    return new PrepareSettings(database, flink, newSeed);
  }
}
