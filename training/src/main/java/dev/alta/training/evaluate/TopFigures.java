package dev.alta.training.evaluate;

import dev.alta.proto.v1.TopShare;
import java.util.ArrayList;
import java.util.List;

/** What acting on the rows with the highest risk would find: 5, 10 and 20% of them. */
final class TopFigures implements Figures {
  private static final double[] SHARES = {0.05, 0.1, 0.2};
  private static final int OF_SHARE = 3;

  private final ScoreOrder order;
  private final List<String> names = new ArrayList<>();

  TopFigures(ScoreOrder mostUrgent) {
    this.order = mostUrgent;
    for (double share : SHARES) {
      String name = "top." + share + ".";
      names.addAll(List.of(name + "positive_predictive_value", name + "lift", name + "recall"));
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public void at(int[] weightOfRow, double[] values, int from) {
    List<TopShare> shares = shares(weightOfRow);
    for (int i = 0; i < shares.size(); i++) {
      TopShare share = shares.get(i);
      values[from + i * OF_SHARE] = share.getPositivePredictiveValue();
      values[from + i * OF_SHARE + 1] = share.getLift();
      values[from + i * OF_SHARE + 2] = share.getRecall();
    }
  }

  List<TopShare> shares(int[] weightOfRow) {
    long total = order.total(weightOfRow);
    long positives = positives(weightOfRow, total);
    List<TopShare> shares = new ArrayList<>();
    for (double share : SHARES) {
      long rows = Math.round(share * total);
      long found = positives(weightOfRow, rows);
      double value = (double) found / rows;
      shares.add(
          TopShare.newBuilder()
              .setShare(share)
              .setRows(rows)
              .setPositives(found)
              .setPositivePredictiveValue(value)
              .setLift(value * total / positives)
              .setRecall((double) found / positives)
              .build());
    }
    return shares;
  }

  /** Among the first so many rows. */
  private long positives(int[] weightOfRow, long rows) {
    long found = 0;
    long left = rows;
    for (int i = 0; i < order.size() && left > 0; i++) {
      int weight = (int) Math.min(left, weightOfRow[order.row(i)]);
      found += weight & order.positiveMask(i);
      left -= weight;
    }
    return found;
  }
}
