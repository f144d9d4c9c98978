package dev.alta.pipelines.job;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.flink.FlinkSettings;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A job that can be submitted.
 *
 * @param <O> its options, an interface that names, describes and limits each
 */
interface Job<O extends PipelineOptions> {
  /** As it is called: {@code ingest}. */
  String name();

  /** What it does, in one line. */
  String purpose();

  Class<O> options();

  /**
   * Plans it and submits it; waits for its end where Flink lets it.
   *
   * @throws dev.alta.pipelines.PipelineException and others, in one line
   */
  void run(O options, Contract contract, FlinkSettings flink);
}
