package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Publishes what all tasks have written; gives on what is then to be tidied up. */
final class PublishFn extends DoFn<KV<Integer, Iterable<TaskDone>>, AllDone> {
  private final Contract contract;
  private final Output output;
  private final EnteredRun entered;

  PublishFn(Contract contract, Output output, EnteredRun entered) {
    this.contract = contract;
    this.output = output;
    this.entered = entered;
  }

  @ProcessElement
  public void publish(@Element KV<Integer, Iterable<TaskDone>> all, OutputReceiver<AllDone> out) {
    List<TaskDone> tasks = new ArrayList<>();
    all.getValue().forEach(tasks::add);
    entered.failsWith(contract, () -> publish(tasks));
    out.output(new AllDone(tasks));
  }

  private void publish(List<TaskDone> tasks) {
    try {
      output.publish(contract, PlacedPart.of(tasks));
    } catch (IOException failed) {
      throw new PipelineException(
          output.address() + ": cannot be written (" + failed.getMessage() + ")", failed);
    }
  }
}
