package dev.alta.pipelines.prepare;

import dev.alta.core.split.BucketHistogram;
import dev.alta.core.split.SideCounts;
import dev.alta.core.split.StratumTally;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;

/** Writes a few bytes for each bucket that is not empty. */
final class StratumTallyCoder extends CustomCoder<StratumTally> {
  @Override
  public void encode(StratumTally tally, OutputStream out) throws IOException {
    VarInt.encode(tally.kept().train(), out);
    VarInt.encode(tally.kept().validation(), out);
    VarInt.encode(tally.kept().test(), out);
    Map<Integer, Long> buckets = tally.fresh().buckets();
    VarInt.encode(buckets.size(), out);
    for (Map.Entry<Integer, Long> bucket : buckets.entrySet()) {
      VarInt.encode(bucket.getKey(), out);
      VarInt.encode(bucket.getValue(), out);
    }
  }

  @Override
  public StratumTally decode(InputStream in) throws IOException {
    SideCounts kept =
        new SideCounts(VarInt.decodeLong(in), VarInt.decodeLong(in), VarInt.decodeLong(in));
    BucketHistogram fresh = new BucketHistogram();
    int buckets = VarInt.decodeInt(in);
    for (int i = 0; i < buckets; i++) {
      fresh.add(VarInt.decodeInt(in), VarInt.decodeLong(in));
    }
    return new StratumTally(fresh, kept);
  }

  @Override
  public void verifyDeterministic() {}
}
