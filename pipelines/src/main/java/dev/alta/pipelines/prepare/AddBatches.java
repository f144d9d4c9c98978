package dev.alta.pipelines.prepare;

import dev.alta.core.profile.BatchTally;
import dev.alta.core.profile.DataTally;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;

/** Adds up all batches. */
final class AddBatches extends Combine.CombineFn<BatchTally, DataTally, DataTally> {
  @Override
  public DataTally createAccumulator() {
    return new DataTally();
  }

  @Override
  public DataTally addInput(DataTally sum, BatchTally batch) {
    sum.add(batch);
    return sum;
  }

  @Override
  public DataTally mergeAccumulators(Iterable<DataTally> tallies) {
    DataTally sum = new DataTally();
    tallies.forEach(sum::add);
    return sum;
  }

  @Override
  public DataTally extractOutput(DataTally sum) {
    return sum;
  }

  @Override
  public Coder<DataTally> getAccumulatorCoder(
      CoderRegistry registry, Coder<BatchTally> inputCoder) {
    return SerializableCoder.of(DataTally.class);
  }

  @Override
  public Coder<DataTally> getDefaultOutputCoder(
      CoderRegistry registry, Coder<BatchTally> inputCoder) {
    return SerializableCoder.of(DataTally.class);
  }
}
