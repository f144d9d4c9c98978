package dev.alta.app.workflow;

import dev.alta.app.workflow.RetrainFacts.Arrived;
import dev.alta.app.workflow.RetrainFacts.Champion;
import dev.alta.app.workflow.RetrainFacts.Live;
import dev.alta.core.drift.ColumnDrift;
import dev.alta.core.drift.InputDrift;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether to train again, and why. A pure function of what is known and of the limits.
 *
 * <p>Where the rows of now, this code and this seed were trained with before, nothing calls for
 * training, however old or bad the champion may be: it would give the same model again.
 *
 * @param trains what is decided
 * @param words why, in one line
 * @param findings all that was looked at
 */
public record RetrainDecision(boolean trains, String words, List<Finding> findings) {
  /** Share of a model's questions from which on a column matters. */
  static final double WEIGHT = 0.01;

  public RetrainDecision {
    findings = List.copyOf(findings);
  }

  static RetrainDecision of(RetrainFacts facts, RetrainLimits limits, boolean force) {
    if (facts.champion().isEmpty()) {
      Finding none = new Finding("champion", true, "no champion", "there is no champion yet");
      return decided(List.of(none), Optional.empty(), force);
    }
    Champion champion = facts.champion().get();
    List<Finding> findings = new ArrayList<>();
    findings.add(rows(facts.arrived(), limits));
    findings.add(drift(facts.arrived(), champion, limits));
    findings.add(live(facts.live(), champion, limits));
    findings.add(age(facts, champion, limits));
    findings.add(schema(facts.schemaChanges()));
    return decided(findings, facts.sameData(), force);
  }

  private static RetrainDecision decided(
      List<Finding> findings, Optional<Integer> sameData, boolean force) {
    List<Finding> calling = findings.stream().filter(Finding::calls).toList();
    if (force) {
      return new RetrainDecision(true, "Trains, because it was asked to: --force", findings);
    }
    if (sameData.isPresent()) {
      return new RetrainDecision(
          false,
          "Not trained, because version "
              + sameData.get()
              + " was made from these very rows by this code: training again would give it again"
              + (calling.isEmpty() ? "" : " (although " + join(calling, Finding::words) + ")"),
          findings);
    }
    return calling.isEmpty()
        ? new RetrainDecision(
            false,
            "Not trained, because nothing is new and nothing is wrong: "
                + join(findings, Finding::brief),
            findings)
        : new RetrainDecision(true, "Trains, because " + join(calling, Finding::words), findings);
  }

  private static String join(List<Finding> findings, Function<Finding, String> of) {
    return findings.stream().map(of).collect(Collectors.joining("; "));
  }

  private static Finding rows(Arrived arrived, RetrainLimits limits) {
    String name = "new rows";
    if (arrived instanceof Arrived.Unknown unknown) {
      return new Finding(
          name, false, "new rows not known", "new rows are not known: " + unknown.why());
    }
    Arrived.Known known = (Arrived.Known) arrived;
    double share = known.championRows() == 0 ? 1 : (double) known.rows() / known.championRows();
    boolean enough = share >= limits.newRows();
    return new Finding(
        name,
        enough,
        format("%.1f%% new rows", 100 * share),
        format(
            "%,d rows are new since the champion, %.1f%% of its %,d (%s %.1f%%)",
            known.rows(),
            100 * share,
            known.championRows(),
            enough ? "limit:" : "expected: at least",
            100 * limits.newRows()));
  }

  private static Finding drift(Arrived arrived, Champion champion, RetrainLimits limits) {
    String name = "drift";
    if (arrived instanceof Arrived.Unknown) {
      return new Finding(name, false, "drift not known", "their drift is not known either");
    }
    InputDrift drift = ((Arrived.Known) arrived).drift();
    if (drift.rows() == 0) {
      return new Finding(name, false, "no drift", "no new rows that could have drifted");
    }
    List<ColumnDrift> moved =
        drift.columns().stream()
            .filter(column -> champion.weights().getOrDefault(column.column(), 0.0) >= WEIGHT)
            .filter(column -> column.reaches(limits.drift()))
            .toList();
    if (!moved.isEmpty()) {
      String columns =
          moved.stream()
              .map(column -> format("%s %.2f", column.column(), column.psi()))
              .collect(Collectors.joining(", "));
      return new Finding(
          name,
          true,
          "drift of " + columns,
          format(
              "the inputs have drifted: population stability index %s (limit: %.2f)",
              columns, limits.drift()));
    }
    boolean mean = drift.meanReaches(limits.meanDrift());
    return new Finding(
        name,
        mean,
        format("mean stability index %.3f", drift.mean()),
        format(
            "%s: population stability index %.3f in the mean (limit: %.2f), no column that matters"
                + " from %.2f on and beyond chance",
            mean ? "the inputs have drifted" : "the inputs are as they were",
            drift.mean(),
            limits.meanDrift(),
            limits.drift()));
  }

  private static Finding live(Live live, Champion champion, RetrainLimits limits) {
    String name = "live AUROC";
    if (live instanceof Live.TooFew few) {
      return new Finding(
          name,
          false,
          "live AUROC not measurable yet",
          "the live AUROC cannot be measured: " + few.why());
    }
    Live.Measured measured = (Live.Measured) live;
    double limit = champion.testAuroc() - limits.aurocDrop();
    boolean dropped = measured.high() < limit;
    return new Finding(
        name,
        dropped,
        format("live mean AUROC %.3f", measured.auroc()),
        format(
            "the live mean AUROC over %,d outcomes is %.3f (95%%: %.3f to %.3f), %s %.3f, which is"
                + " that of the test rows less %.2f",
            measured.outcomes(),
            measured.auroc(),
            measured.low(),
            measured.high(),
            dropped ? "surely below" : "not surely below",
            limit,
            limits.aurocDrop()));
  }

  private static Finding age(RetrainFacts facts, Champion champion, RetrainLimits limits) {
    long days = Duration.between(champion.created(), facts.now()).toDays();
    return new Finding(
        "age",
        days >= limits.ageDays(),
        format("champion %,d days old", days),
        format("the champion is %,d days old (limit: %,d)", days, limits.ageDays()));
  }

  private static Finding schema(List<String> changes) {
    return changes.isEmpty()
        ? new Finding(
            "schema", false, "same contract", "the contract is the one that the champion reads")
        : new Finding(
            "schema",
            true,
            "another contract",
            "the contract has changed: " + String.join(", ", changes));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
