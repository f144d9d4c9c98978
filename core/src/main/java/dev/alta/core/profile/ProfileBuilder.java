package dev.alta.core.profile;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.BatchColumn;
import dev.alta.proto.v1.BatchProfile;
import dev.alta.proto.v1.Bin;
import dev.alta.proto.v1.ColumnProfile;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.NumberProfile;
import dev.alta.proto.v1.Quantile;
import dev.alta.proto.v1.ValueCount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Makes a profile from the sums over all rows. */
public final class ProfileBuilder {
  private static final int MOST_BATCHES = 200;
  private static final int MOST_TEXTS = 30;
  private static final int MOST_BINS = 40;
  private static final double[] SHARES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

  private ProfileBuilder() {}

  /** The profile of a generation. */
  public static DataProfile build(Contract contract, long generation, DataTally tally) {
    DataProfile.Builder profile =
        DataProfile.newBuilder()
            .setContract(contract.name())
            .setGeneration(Math.toIntExact(generation))
            .setRows(Math.toIntExact(tally.rows()));
    for (Column column : contract.columns()) {
      ColumnTally counted = tally.column(column.index());
      profile.addColumns(
          counted == null
              ? ColumnProfile.newBuilder().setName(column.name()).build()
              : column(column, counted));
    }
    tally.batches(MOST_BATCHES).forEach(batch -> profile.addBatches(batch(batch)));
    return profile.build();
  }

  private static ColumnProfile column(Column column, ColumnTally tally) {
    ColumnProfile.Builder profile =
        ColumnProfile.newBuilder()
            .setName(column.name())
            .setMissing(Math.toIntExact(tally.missing()));
    List<String> listed = BatchTally.listed(column);
    for (int i = 0; i < listed.size(); i++) {
      profile.addValues(value(listed.get(i), tally.listed()[i]));
    }
    List<Map.Entry<String, Long>> texts =
        tally.texts().entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList();
    long others = tally.others();
    for (int i = 0; i < texts.size(); i++) {
      if (i < MOST_TEXTS) {
        profile.addValues(value(texts.get(i).getKey(), texts.get(i).getValue()));
      } else {
        others += texts.get(i).getValue();
      }
    }
    profile.setOthers(Math.toIntExact(others));
    if (tally.numbers().count() > 0) {
      profile.setNumber(number(tally.numbers()));
    }
    return profile.build();
  }

  private static ValueCount value(String value, long count) {
    return ValueCount.newBuilder().setValue(value).setCount(Math.toIntExact(count)).build();
  }

  private static NumberProfile number(NumberTally tally) {
    NumberProfile.Builder profile =
        NumberProfile.newBuilder()
            .setMin(tally.min())
            .setMax(tally.max())
            .setMean(tally.mean())
            .setStandardDeviation(tally.standardDeviation());
    for (double share : SHARES) {
      profile.addQuantiles(Quantile.newBuilder().setShare(share).setValue(tally.quantile(share)));
    }
    addBins(profile, tally);
    return profile.build();
  }

  private static void addBins(NumberProfile.Builder profile, NumberTally tally) {
    double range = tally.max() - tally.min();
    double width = range / MOST_BINS;
    int bins = MOST_BINS;
    if (tally.isWhole()) {
      width = Math.ceil((range + 1) / MOST_BINS);
      bins = (int) Math.ceil((range + 1) / width);
    } else if (range == 0) {
      bins = 1;
    }
    long[] counts = new long[bins];
    for (Map.Entry<Double, Long> value : tally.counts().entrySet()) {
      int bin = width == 0 ? 0 : (int) ((value.getKey() - tally.min()) / width);
      counts[Math.max(0, Math.min(bins - 1, bin))] += value.getValue();
    }
    for (int i = 0; i < bins; i++) {
      profile.addBins(
          Bin.newBuilder()
              .setFrom(tally.min() + i * width)
              .setTo(tally.min() + (i + 1) * width)
              .setCount(Math.toIntExact(counts[i])));
    }
  }

  private static BatchProfile batch(DataTally.Batch batch) {
    BatchProfile.Builder profile =
        BatchProfile.newBuilder()
            .setFirstBatch(Math.toIntExact(batch.first()))
            .setLastBatch(Math.toIntExact(batch.last()))
            .setRows(Math.toIntExact(batch.rows()));
    for (DataTally.Part part : batch.columns()) {
      long recorded = batch.rows() - part.missing();
      BatchColumn.Builder column =
          BatchColumn.newBuilder()
              .setMissing(Math.toIntExact(part.missing()))
              .setMean(recorded == 0 ? 0 : part.sum() / recorded);
      for (long count : part.listed()) {
        column.addCounts(Math.toIntExact(count));
      }
      profile.addColumns(column);
    }
    return profile.build();
  }
}
