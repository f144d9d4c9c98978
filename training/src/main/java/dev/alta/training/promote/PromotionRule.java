package dev.alta.training.promote;

import dev.alta.proto.v1.Comparison;
import dev.alta.proto.v1.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether a version becomes champion. Accuracy does not decide, since what a hospital acts on is
 * the order of the patients, and always answering the most frequent class is hard to beat where the
 * rare one matters. Pure: the same figures give the same verdict.
 */
public final class PromotionRule {
  private static final double CHANCE = 0.5;

  private final PromotionLimits limits;

  public PromotionRule(PromotionLimits limits) {
    this.limits = limits;
  }

  /** The rule in words, with its limits. */
  public String words() {
    return format(
        "The champion is replaced if, on the same test rows, (1) the mean AUROC is higher and the"
            + " lower bound of the 95%% interval of the difference, from %,d samples of patients"
            + " paired for both models, is above 0; (2) the calibration error is at most %s higher;"
            + " (3) no subgroup of at least %,d rows loses more than %s of its mean AUROC. Without a"
            + " champion, the mean AUROC must be above that of the baseline, and the AUROC of each"
            + " class above %s, on the test rows.",
        limits.bootstrapSamples(),
        limits.calibrationLoss(),
        limits.subgroupRows(),
        limits.subgroupLoss(),
        CHANCE);
  }

  /** Judges a candidate against the champion. */
  public Verdict judge(Contest contest) {
    PairedFigures figures = new PairedFigures(contest, limits);
    List<Comparison> looked = new ArrayList<>();
    Comparison primary = better(figures.primary());
    looked.add(primary);
    looked.add(calibrated(figures.calibration()));
    figures.subgroups().forEach(subgroup -> looked.add(kept(subgroup)));
    List<Comparison> failed = failed(looked);
    String reason =
        failed.isEmpty()
            ? format(
                "replaces %s: %s on %,d test rows; calibration error and subgroups within the"
                    + " limits",
                contest.reference(), words(primary), contest.rows().rows())
            : format("%s stays: %s", contest.reference(), words(failed));
    return new Verdict(failed.isEmpty(), reason, List.copyOf(looked));
  }

  /**
   * Judges a version where there is no champion, by the figures that its manifest has.
   *
   * @param classes names for the record
   */
  public Verdict judgeAlone(Manifest version, List<String> classes) {
    List<Comparison> looked = new ArrayList<>();
    for (int i = 0; i < version.getTest().getAurocCount(); i++) {
      looked.add(
          above(
              "auroc." + classes.get(i),
              version.getTest().getAuroc(i),
              "chance",
              CHANCE,
              version.getTest().getRows()));
    }
    if (version.hasBaseline()) {
      looked.add(
          above(
              PairedFigures.MEAN_AUROC,
              version.getTest().getMeanAuroc(),
              "baseline",
              version.getBaseline().getMeanAuroc(),
              version.getTest().getRows()));
    }
    List<Comparison> failed = failed(looked);
    String than = version.hasBaseline() ? "the baseline" : "chance; it has no baseline";
    String reason =
        failed.isEmpty()
            ? format(
                "first champion: mean AUROC %.4f on %,d test rows, better than %s",
                version.getTest().getMeanAuroc(),
                version.getTest().getRows(),
                version.hasBaseline()
                    ? format("%.4f of %s", version.getBaseline().getMeanAuroc(), than)
                    : than)
            : "no champion: " + words(failed);
    return new Verdict(failed.isEmpty(), reason, List.copyOf(looked));
  }

  private static Comparison better(Comparison found) {
    // Written so that a NaN does not pass.
    boolean met =
        found.getDifference() > 0 && found.hasInterval() && found.getInterval().getLow() > 0;
    return judged(found, "higher, lower bound above 0", met);
  }

  private Comparison calibrated(Comparison found) {
    return judged(
        found,
        format("at most %s higher", limits.calibrationLoss()),
        found.getDifference() <= limits.calibrationLoss());
  }

  private Comparison kept(Comparison subgroup) {
    return judged(
        subgroup,
        format("at most %s lower", limits.subgroupLoss()),
        subgroup.getDifference() >= -limits.subgroupLoss());
  }

  private static Comparison above(
      String figure, double candidate, String against, double reference, long rows) {
    Comparison found =
        Comparison.newBuilder()
            .setFigure(figure)
            .setCandidate(candidate)
            .setAgainst(against)
            .setReference(reference)
            .setDifference(candidate - reference)
            .setRows(rows)
            .build();
    return judged(found, "higher", candidate > reference);
  }

  private static Comparison judged(Comparison found, String expected, boolean met) {
    return found.toBuilder().setExpected(expected).setMet(met).build();
  }

  private static List<Comparison> failed(List<Comparison> looked) {
    return looked.stream().filter(comparison -> !comparison.getMet()).toList();
  }

  private static String words(List<Comparison> failed) {
    return failed.stream()
        .map(comparison -> words(comparison) + " (expected: " + comparison.getExpected() + ")")
        .collect(Collectors.joining("; "));
  }

  private static String words(Comparison found) {
    String interval =
        found.hasInterval()
            ? format(
                ", 95%% interval %+.4f to %+.4f",
                found.getInterval().getLow(), found.getInterval().getHigh())
            : "";
    return format(
        "%s %.4f against %.4f of %s, difference %+.4f%s",
        found.getFigure().replace("mean_auroc", "mean AUROC").replace('_', ' '),
        found.getCandidate(),
        found.getReference(),
        found.getAgainst(),
        found.getDifference(),
        interval);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
