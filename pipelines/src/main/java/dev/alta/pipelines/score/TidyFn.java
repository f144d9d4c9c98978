package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * The last step: removes the parts once they are published, and ends the run. It is a step of its
 * own so that publishing can be retried.
 */
final class TidyFn extends DoFn<AllDone, Void> {
  private final Contract contract;
  private final Output output;
  private final EnteredRun entered;

  TidyFn(Contract contract, Output output, EnteredRun entered) {
    this.contract = contract;
    this.output = output;
    this.entered = entered;
  }

  @ProcessElement
  public void tidy(@Element AllDone all) {
    entered.failsWith(contract, () -> remove(all));
    try (EnteredRun.Entry entry = entered.attach(contract)) {
      entry.done(all.counts());
    }
  }

  private void remove(AllDone all) {
    try {
      output.tidy(PlacedPart.of(all.tasks()));
    } catch (IOException failed) {
      throw new PipelineException(
          output.address() + ": its parts cannot be removed (" + failed.getMessage() + ")", failed);
    }
  }
}
