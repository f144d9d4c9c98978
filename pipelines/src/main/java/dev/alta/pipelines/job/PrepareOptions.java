package dev.alta.pipelines.job;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Options of the job {@code prepare}. */
public interface PrepareOptions extends DatabaseOptions, StoreOptions {
  @Description("deals out the patients who are new")
  @Default.Long(1)
  Long getSeed();

  void setSeed(Long seed);
}
