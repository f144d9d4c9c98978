package dev.alta.training.search;

import dev.alta.proto.v1.CurvePoint;
import dev.alta.proto.v1.Trial;
import dev.alta.proto.v1.TrialState;

/**
 * A point and what came of it.
 *
 * @param reason why it was stopped; empty otherwise
 */
record Tried(
    Proposal proposal, ValidationCurves curves, TrialState state, String reason, double seconds) {
  Curve curve(Objective objective) {
    return curves.of(objective);
  }

  double value(Objective objective) {
    return curve(objective).best().value();
  }

  Trial record(Objective objective) {
    Trial.Builder trial =
        Trial.newBuilder()
            .setNumber(proposal.number())
            .setCandidate(SearchSpace.candidate(proposal.point()))
            .setOrigin(proposal.origin())
            .setProposedFor(proposal.objective().figure())
            .putAllSettings(SearchSpace.words(proposal.point()))
            .setSeconds(seconds)
            .setState(state)
            .setReason(reason);
    Curve.At best = curve(objective).best();
    trial.setRounds(best.rounds()).setValue(best.value());
    for (Curve.At at : curve(objective).points()) {
      trial.addCurve(CurvePoint.newBuilder().setRounds(at.rounds()).setValue(at.value()));
    }
    return trial.build();
  }
}
