package dev.alta.pipelines.score;

import dev.alta.pipelines.PipelineException;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * Removes the parts once they are published: a step of its own, so that publishing can be retried.
 */
final class TidyFn extends DoFn<AllDone, Void> {
  private final Output output;

  TidyFn(Output output) {
    this.output = output;
  }

  @ProcessElement
  public void tidy(@Element AllDone all) {
    try {
      output.tidy(PlacedPart.of(all.tasks()));
    } catch (IOException failed) {
      throw new PipelineException(
          output.address() + ": its parts cannot be removed (" + failed.getMessage() + ")", failed);
    }
  }
}
