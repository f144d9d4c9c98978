package dev.alta.training.report;

import dev.alta.core.report.Axis;
import dev.alta.core.report.Html;
import dev.alta.core.report.Plot;
import dev.alta.core.report.Svg;
import dev.alta.proto.v1.ClassCurves;
import dev.alta.proto.v1.Curve;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.ReliabilityGroup;
import java.util.List;

/** Curves and tables of the classes: one colour for each. */
final class ClassPictures {
  private static final double HEIGHT = 300;
  private static final double Z95 = 1.96;

  private final List<ClassCurves> curves;
  private final List<String> labels;

  /**
   * Pictures of classes.
   *
   * @param labels what people read in place of the classes' names
   */
  ClassPictures(List<ClassCurves> curves, List<String> labels) {
    this.curves = curves;
    this.labels = labels;
  }

  Svg roc() {
    Plot plot =
        new Plot(
            HEIGHT,
            Axis.share("of the others, wrongly found", 0, 1),
            Axis.share("of the class, found", 0, 1),
            "ROC curves");
    plot.guide(0, 0, 1, 1);
    for (int c = 0; c < curves.size(); c++) {
      plot.line("c" + c % 3, points(curves.get(c).getRoc()), labels.get(c));
    }
    return plot.svg();
  }

  Svg precisionRecall() {
    Plot plot =
        new Plot(
            HEIGHT,
            Axis.share("recall: of the class, found", 0, 1),
            Axis.share("precision: of what is found, right", 0, 1),
            "Precision and recall");
    for (int c = 0; c < curves.size(); c++) {
      ClassCurves ofClass = curves.get(c);
      plot.guide(0, ofClass.getShare(), 1, ofClass.getShare())
          .line("c" + c % 3, points(ofClass.getPrecisionRecall()), labels.get(c));
    }
    return plot.svg();
  }

  /** Of one class: mean probability against actual share, with what chance does to the share. */
  Svg reliability(int ofClass) {
    List<ReliabilityGroup> groups = curves.get(ofClass).getReliabilityList();
    double from = 1;
    double to = 0;
    for (ReliabilityGroup group : groups) {
      from = Math.min(from, Math.min(group.getMeanProbability(), group.getShare() - error(group)));
      to = Math.max(to, Math.max(group.getMeanProbability(), group.getShare() + error(group)));
    }
    from = Math.max(0, from - 0.01);
    to = Math.min(1, to + 0.01);
    Plot plot =
        new Plot(
            250,
            Axis.share("mean probability", from, to),
            Axis.share("actual share", from, to),
            "Reliability for " + labels.get(ofClass));
    plot.guide(from, from, to, to);
    drawGroups(plot, groups, "c" + ofClass % 3, labels.get(ofClass));
    return plot.svg();
  }

  private static void drawGroups(
      Plot plot, List<ReliabilityGroup> groups, String style, String label) {
    double[] line = new double[2 * groups.size()];
    for (int i = 0; i < groups.size(); i++) {
      ReliabilityGroup group = groups.get(i);
      line[2 * i] = group.getMeanProbability();
      line[2 * i + 1] = group.getShare();
      double low = group.getShare() - error(group);
      plot.whisker(group.getMeanProbability(), low, group.getShare() + error(group));
    }
    plot.line(style, line, label);
    for (ReliabilityGroup group : groups) {
      String tip =
          Html.count(group.getRows())
              + " rows: probability "
              + Html.share(group.getMeanProbability())
              + ", actually "
              + Html.share(group.getShare());
      plot.dot(style, group.getMeanProbability(), group.getShare(), 3, tip);
    }
  }

  private static double error(ReliabilityGroup group) {
    return Z95 * Math.sqrt(group.getShare() * (1 - group.getShare()) / group.getRows());
  }

  /** How the rows of each class are spread over the probability of the most urgent one. */
  Svg risk() {
    double most = 0;
    for (ClassCurves ofClass : curves) {
      for (double share : ofClass.getRiskList()) {
        most = Math.max(most, share);
      }
    }
    int bins = curves.get(0).getRiskCount();
    double bin = curves.get(0).getRiskBin();
    Plot plot =
        new Plot(
            250,
            Axis.share("probability of " + labels.get(labels.size() - 1), 0, bins * bin),
            Axis.share("of the class's rows", 0, most * 1.05),
            "Probabilities by actual class");
    for (int c = 0; c < curves.size(); c++) {
      double[] steps = new double[4 * bins];
      for (int i = 0; i < bins; i++) {
        double share = curves.get(c).getRisk(i);
        steps[4 * i] = i * bin;
        steps[4 * i + 1] = share;
        steps[4 * i + 2] = (i + 1) * bin;
        steps[4 * i + 3] = share;
      }
      plot.line("c" + c % 3, steps, labels.get(c));
    }
    return plot.svg();
  }

  /** How often each class was taken for each; the darker, the greater the share of its row. */
  Svg confusion(Evaluation evaluation) {
    int classes = labels.size();
    double left = 62;
    double cell = (360 - left) / classes;
    double tall = 46;
    Svg svg = new Svg(360, 40 + classes * tall, "Confusion matrix");
    svg.text("start", 2, 12, "actual ↓   most probable →");
    for (int actual = 0; actual < classes; actual++) {
      double all = 0;
      for (int c = 0; c < classes; c++) {
        all += evaluation.getConfusion(actual * classes + c);
      }
      double y = 36 + actual * tall;
      svg.text("middle", left + (actual + 0.5) * cell, 29, name(actual))
          .text("end", left - 8, y + tall / 2 + 4, name(actual));
      for (int c = 0; c < classes; c++) {
        long rows = evaluation.getConfusion(actual * classes + c);
        double share = all == 0 ? 0 : rows / all;
        double x = left + c * cell;
        svg.shade("bar", x + 1, y + 1, cell - 2, tall - 2, 0.06 + 0.6 * share)
            .text("middle", x + cell / 2, y + tall / 2 - 2, Html.count(rows))
            .text("middle", x + cell / 2, y + tall / 2 + 13, Html.share(share));
      }
    }
    return svg;
  }

  /** Short, as the data have it. */
  private String name(int ofClass) {
    return Html.cut(curves.get(ofClass).getName(), 9);
  }

  private static double[] points(Curve curve) {
    double[] points = new double[2 * curve.getXCount()];
    for (int i = 0; i < curve.getXCount(); i++) {
      points[2 * i] = curve.getX(i);
      points[2 * i + 1] = curve.getY(i);
    }
    return points;
  }
}
