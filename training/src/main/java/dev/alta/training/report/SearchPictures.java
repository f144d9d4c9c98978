package dev.alta.training.report;

import dev.alta.core.report.Axis;
import dev.alta.core.report.Html;
import dev.alta.core.report.Plot;
import dev.alta.core.report.Svg;
import dev.alta.proto.v1.SearchFigures;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.proto.v1.SettingFigures;
import dev.alta.proto.v1.Trial;
import dev.alta.proto.v1.TrialState;
import java.util.List;
import java.util.Locale;

/** How a search went, and which settings mattered. */
final class SearchPictures {
  private static final double WIDTH = 360;

  private SearchPictures() {}

  /** All trials; those far below the best are drawn at the lower edge. */
  static String history(SearchRecord search) {
    List<Trial> trials = search.getTrialsList();
    double[] values = trials.stream().mapToDouble(Trial::getValue).sorted().toArray();
    double high = values.length == 0 ? 1 : values[values.length - 1];
    // A few bad trials must not press all others together.
    double low = values.length == 0 ? 0 : values[values.length / 10];
    double margin = Math.max(1e-4, (high - low) * 0.08);
    int last = search.getTrialsList().stream().mapToInt(Trial::getNumber).max().orElse(1);
    Plot plot =
        new Plot(
            230,
            Axis.number("trial", 0, last + 1),
            Axis.number(objective(search), low - margin, high + margin),
            "Search history");
    double best = Double.NEGATIVE_INFINITY;
    double[] line = new double[4 * trials.size()];
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      line[4 * i] = trial.getNumber();
      line[4 * i + 1] = i == 0 ? trial.getValue() : best;
      best = Math.max(best, trial.getValue());
      line[4 * i + 2] = trial.getNumber();
      line[4 * i + 3] = best;
    }
    plot.line("c1", line, "best so far");
    for (Trial trial : trials) {
      boolean stopped = trial.getState() == TrialState.STOPPED_EARLY;
      plot.dot(stopped ? "ring" : "dot", trial.getNumber(), trial.getValue(), 3, tip(trial));
    }
    return plot.svg().toString();
  }

  /** As people read it. */
  static String objective(SearchRecord search) {
    return search.getObjective().replace('_', ' ').replace("auroc", "AUROC");
  }

  private static String tip(Trial trial) {
    return String.format(
        Locale.ROOT,
        "trial %d, %s, %s: %.4f after %d rounds%s",
        trial.getNumber(),
        trial.getCandidate().replace('_', ' '),
        trial.getOrigin(),
        trial.getValue(),
        trial.getRounds(),
        trial.getReason().isEmpty() ? "" : "; " + trial.getReason());
  }

  /** Rank correlations, to the left of the middle where less is better. */
  static String settings(SearchFigures figures) {
    double names = 134;
    double middle = names + (WIDTH - names) / 2;
    double unit = (WIDTH - names) / 2 - 34;
    double row = 18;
    List<SettingFigures> settings = figures.getSettingsList();
    Svg svg = new Svg(WIDTH, settings.size() * row + 20, "Settings and value");
    for (int i = 0; i < settings.size(); i++) {
      SettingFigures setting = settings.get(i);
      double length = setting.getCorrelation() * unit;
      double y = i * row;
      String words = String.format(Locale.ROOT, "%+.2f", setting.getCorrelation());
      String tip = setting.getSetting() + ": " + words + " over " + setting.getTrials() + " trials";
      svg.text("end", names - 6, y + 13, Html.cut(setting.getSetting().replace('_', ' '), 22))
          .rect("bar", Math.min(middle, middle + length), y + 3, Math.abs(length), row - 6, tip)
          .text(
              length < 0 ? "end" : "start", middle + length + (length < 0 ? -4 : 4), y + 13, words);
    }
    double floor = settings.size() * row;
    svg.line("axis", middle, 0, middle, floor)
        .text("start", names, floor + 14, "← less is better")
        .text("end", WIDTH, floor + 14, "more is better →");
    return svg.toString();
  }

  /** What the best trial found, in words. */
  static String best(SearchRecord search) {
    long stopped = count(search, TrialState.STOPPED_EARLY);
    String words =
        String.format(
            Locale.ROOT,
            "%s trials in %.0f s (ended by: %s)",
            Html.count(search.getTrialsCount()),
            search.getSeconds(),
            search.getEndedBy());
    if (stopped > 0) {
      words += "; " + stopped + " were stopped early";
    }
    if (search.getBest() < search.getTrialsCount()) {
      Trial best = search.getTrials(search.getBest());
      words +=
          String.format(
              Locale.ROOT,
              ". Best: trial %d (%s), %.4f after %d rounds",
              best.getNumber(),
              best.getCandidate().replace('_', ' '),
              best.getValue(),
              best.getRounds());
    }
    return words + ". Filled: grown to the end; ring: stopped early; line: best so far.";
  }

  private static long count(SearchRecord search, TrialState state) {
    return search.getTrialsList().stream().filter(trial -> trial.getState() == state).count();
  }
}
