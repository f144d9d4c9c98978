package dev.alta.pipelines.prepare;

import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;

/** Sends nobody to a batch. */
final class EveryBatch extends SimpleFunction<Long, KV<Long, KV<Long, String>>> {
  @Override
  public KV<Long, KV<Long, String>> apply(Long batch) {
    return KV.of(batch, WriteBatchFn.NOBODY);
  }
}
