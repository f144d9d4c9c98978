package dev.alta.training.promote;

import dev.alta.core.contract.Contract;
import dev.alta.database.CleanData;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.Alias;
import dev.alta.model.registry.History;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.RegistryException;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.Manifest;
import dev.alta.training.dataset.RowSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides by the {@link PromotionRule} whether a version becomes champion. Every decision is kept
 * in the registry with all that was looked at, and the aliases follow from it.
 */
public final class Promoter {
  private final Contract contract;
  private final HeldOutRows rows;
  private final Registry registry;
  private final PromotionLimits limits;

  /**
   * Decides on test rows from anywhere.
   *
   * @param rows read only where there is a champion to compare with
   */
  public Promoter(Contract contract, RowSource rows, Registry registry, PromotionLimits limits) {
    this.contract = contract;
    this.rows = new HeldOutRows(contract, rows);
    this.registry = registry;
    this.limits = limits;
  }

  /** Decides on the test rows of clean_data, with the standard limits. */
  public static Promoter of(Contract contract, CleanData data, Registry registry) {
    return new Promoter(
        contract, each -> data.read(each).number(), registry, PromotionLimits.standard());
  }

  /**
   * Lets the rule decide on a version. One that it has decided on since the champion of now became
   * champion gets that decision again; one that a person rejected or rolled back from does not
   * become champion by the rule.
   *
   * @param who asks: a person, or a run of a workflow
   * @return the decision; {@link DecisionKind#PROMOTED} or {@link DecisionKind#NOT_PROMOTED}
   * @throws RegistryException.DecidedMeanwhile if somebody else decided at the same time
   * @throws RegistryException.NotPossible if the version is archived
   * @throws RegistryException.NoSuchModel if there is no such version
   */
  public Decision propose(int version, String who) {
    return propose(version, who, "");
  }

  /**
   * The same with a reason for asking.
   *
   * @param note kept with the decision; may be empty
   */
  public Decision propose(int version, String who, String note) {
    History seen = registry.history();
    Optional<Decision> decided = seen.ruling(version);
    if (decided.isPresent()) {
      return decided.get();
    }
    StoredModel candidate = registry.load(version);
    Predictor.of(contract, candidate.model()).selfCheck();
    Decision.Builder draft = draft(version, who).setNote(note);
    Optional<Decision> objection = seen.objection(version);
    if (objection.isPresent()) {
      return registry.decide(
          seen, draft.setKind(DecisionKind.NOT_PROMOTED).setReason(words(objection.get())).build());
    }
    Verdict verdict = judge(seen, candidate, draft);
    return registry.decide(
        seen,
        draft
            .setKind(verdict.promote() ? DecisionKind.PROMOTED : DecisionKind.NOT_PROMOTED)
            .setRule(new PromotionRule(limits).words())
            .setReason(verdict.reason())
            .addAllComparisons(verdict.comparisons())
            .build());
  }

  /**
   * Proposes the one of several versions of a training whose mean AUROC on the validation rows is
   * best; that the others were not is kept as well.
   *
   * @return the decision about the one that was proposed
   * @throws IllegalArgumentException if there are none
   */
  public Decision proposeBestOf(List<Manifest> versions, String who) {
    Manifest best = bestOf(versions);
    versions.stream()
        .filter(version -> !version.getVersion().equals(best.getVersion()))
        .forEach(version -> notProposed(version, best, who));
    return propose(Integer.parseInt(best.getVersion()), who);
  }

  /**
   * The one whose mean AUROC on the validation rows is best; of equals the first.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Manifest bestOf(List<Manifest> versions) {
    return versions.stream()
        .max(Comparator.comparingDouble(Promoter::validation))
        .orElseThrow(() -> new IllegalArgumentException("versions: 0 (expected: at least 1)"));
  }

  /**
   * Makes a version champion because a person says so.
   *
   * @param reason kept with the decision
   * @throws dev.alta.model.bundle.UnusableModelException if the version cannot answer
   */
  public Decision force(int version, String who, String reason) {
    History seen = registry.history();
    Predictor.of(contract, registry.load(version).model()).selfCheck();
    return registry.decide(
        seen,
        draft(version, who)
            .setKind(DecisionKind.PROMOTED)
            .setForced(true)
            .setReason(reason)
            .build());
  }

  private Verdict judge(History seen, StoredModel candidate, Decision.Builder draft) {
    PromotionRule rule = new PromotionRule(limits);
    Optional<Alias> champion = seen.alias(Alias.CHAMPION);
    if (champion.isEmpty()) {
      draft
          .setDataGeneration(candidate.manifest().getProvenance().getDataGeneration())
          .setRows(candidate.manifest().getTest().getRows());
      return rule.judgeAlone(candidate.manifest(), contract.classes());
    }
    String what = "champion " + champion.get().version();
    Contest contest = rows.contest(what, registry.load(champion.get()), candidate);
    draft.setDataGeneration(contest.generation()).setRows(contest.rows().rows());
    return rule.judge(contest);
  }

  private void notProposed(Manifest version, Manifest best, String who) {
    History seen = registry.history();
    int number = Integer.parseInt(version.getVersion());
    if (seen.decisions(number).isEmpty()) {
      registry.decide(
          seen,
          draft(number, who)
              .setKind(DecisionKind.NOT_PROPOSED)
              .setReason(
                  String.format(
                      Locale.ROOT,
                      "version %s was proposed: mean AUROC on the validation rows %.4f against %.4f",
                      best.getVersion(),
                      validation(best),
                      validation(version)))
              .build());
    }
  }

  private static double validation(Manifest version) {
    return version.getValidation().getMeanAuroc();
  }

  private static Decision.Builder draft(int version, String who) {
    return Decision.newBuilder().setVersion(Integer.toString(version)).setWho(who);
  }

  private static String words(Decision objection) {
    return String.format(
        Locale.ROOT,
        "%s said no in decision %d (%s): %s",
        objection.getWho(),
        objection.getNumber(),
        objection.getKind() == DecisionKind.ROLLED_BACK ? "rolled back" : "rejected",
        objection.getReason());
  }
}
