package dev.alta.training.report;

import dev.alta.proto.v1.SearchFigures;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.proto.v1.SettingFigures;
import dev.alta.proto.v1.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a search's value goes with each setting by itself: Spearman's rank correlation. It sees
 * that more is better or worse, not that the middle is best, nor what settings do together.
 */
final class SettingRanks {
  private static final int LEAST_TRIALS = 8;

  private SettingRanks() {}

  static SearchFigures of(SearchRecord search) {
    List<Trial> trials = search.getTrialsList();
    Set<String> settings = new TreeSet<>();
    trials.forEach(trial -> settings.addAll(trial.getSettingsMap().keySet()));
    List<SettingFigures> found = new ArrayList<>();
    for (String setting : settings) {
      List<double[]> pairs = pairs(trials, setting);
      double correlation = correlation(pairs);
      if (pairs.size() >= LEAST_TRIALS && !Double.isNaN(correlation)) {
        found.add(
            SettingFigures.newBuilder()
                .setSetting(setting)
                .setCorrelation(correlation)
                .setTrials(pairs.size())
                .build());
      }
    }
    found.sort(Comparator.comparingDouble(figures -> -Math.abs(figures.getCorrelation())));
    return SearchFigures.newBuilder().setSearch(search).addAllSettings(found).build();
  }

  private static List<double[]> pairs(List<Trial> trials, String setting) {
    List<double[]> pairs = new ArrayList<>();
    for (Trial trial : trials) {
      String text = trial.getSettingsOrDefault(setting, "");
      if (text.matches("-?[0-9.]+([eE]-?[0-9]+)?")) {
        pairs.add(new double[] {Double.parseDouble(text), trial.getValue()});
      }
    }
    return pairs;
  }

  /** Pearson's correlation of the ranks; NaN where one side does not vary. */
  static double correlation(List<double[]> pairs) {
    double[] first = ranks(pairs.stream().mapToDouble(pair -> pair[0]).toArray());
    double[] second = ranks(pairs.stream().mapToDouble(pair -> pair[1]).toArray());
    double mean = (pairs.size() + 1) / 2.0;
    double product = 0;
    double firstSquares = 0;
    double secondSquares = 0;
    for (int i = 0; i < first.length; i++) {
      product += (first[i] - mean) * (second[i] - mean);
      firstSquares += (first[i] - mean) * (first[i] - mean);
      secondSquares += (second[i] - mean) * (second[i] - mean);
    }
    return product / Math.sqrt(firstSquares * secondSquares);
  }

  /** From 1 on; equal values share their mean rank. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : sorted) {
        below += other < values[i] ? 1 : 0;
        equal += other == values[i] ? 1 : 0;
      }
      ranks[i] = below + (equal + 1) / 2.0;
    }
    return ranks;
  }
}
