package dev.alta.core.report;

import dev.alta.proto.v1.PatientsBySide;
import dev.alta.proto.v1.StratumCertificate;
import java.util.Comparator;
import java.util.List;

/** How far each stratum is from 60, 20 and 20 of 100: a dot for each side, large strata left. */
final class SplitPicture {
  private static final double WIDTH = 360;
  private static final double HEIGHT = 170;
  private static final double LEFT = 34;

  private SplitPicture() {}

  static double largest(StratumCertificate stratum) {
    return Math.max(
        Math.abs(stratum.getDeviation().getTrain()),
        Math.max(
            Math.abs(stratum.getDeviation().getValidation()),
            Math.abs(stratum.getDeviation().getTest())));
  }

  static String of(List<StratumCertificate> strata) {
    List<StratumCertificate> inOrder =
        strata.stream()
            .sorted(Comparator.comparingLong((StratumCertificate s) -> -patients(s)))
            .toList();
    double most = Math.max(1, inOrder.stream().mapToDouble(SplitPicture::largest).max().orElse(1));
    Svg svg = new Svg(WIDTH, HEIGHT, "Deviation of each stratum from its quota, in patients");
    for (double patients : new double[] {most, 0, -most}) {
      svg.line(patients == 0 ? "axis" : "grid", LEFT, y(patients, most), WIDTH, y(patients, most))
          .text("end", LEFT - 4, y(patients, most) + 4, Html.number(patients));
    }
    for (int i = 0; i < inOrder.size(); i++) {
      StratumCertificate stratum = inOrder.get(i);
      double x = LEFT + 6 + (i + 0.5) * (WIDTH - LEFT - 8) / inOrder.size();
      double[] deviations = {
        stratum.getDeviation().getTrain(),
        stratum.getDeviation().getValidation(),
        stratum.getDeviation().getTest()
      };
      for (int side = 0; side < deviations.length; side++) {
        String tip =
            "encounters by class "
                + stratum.getEncounters()
                + ", "
                + Html.count(patients(stratum))
                + " patients: "
                + Html.number(deviations[side]);
        svg.circle("faintdot c" + side, x, y(deviations[side], most), 2.6, tip);
      }
    }
    svg.text("start", LEFT, HEIGHT - 2, "largest stratum")
        .text("end", WIDTH, HEIGHT - 2, "smallest");
    return svg.toString();
  }

  private static double y(double patients, double most) {
    return 8 + (most - patients) / (2 * most) * (HEIGHT - 30);
  }

  private static long patients(StratumCertificate stratum) {
    return patients(stratum.getKept()) + patients(stratum.getFresh());
  }

  private static long patients(PatientsBySide sides) {
    return (long) sides.getTrain() + sides.getValidation() + sides.getTest();
  }
}
