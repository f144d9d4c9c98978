package dev.alta.scorer.predict;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.RowMessage;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Sample;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.Warming;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a model's samples the way of a request, as often as it takes the compiler to notice. */
final class WarmUp implements Warming {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final int FIRST_ROUNDS = 5_000;
  // The code is compiled by then; only the model's own data have to come near.
  private static final int ROUNDS = 200;

  private final Contract contract;
  private final Admission admission;

  private boolean isCompiled;

  WarmUp(Contract contract, Admission admission) {
    this.contract = contract;
    this.admission = admission;
  }

  @Override
  public void warm(LiveModel model, List<Sample> samples) {
    List<Encounter> encounters = samples.stream().map(this::encounter).toList();
    long bytes = 0;
    int rounds = isCompiled ? ROUNDS : FIRST_ROUNDS;
    isCompiled = true;
    AnswerForm form = AnswerForm.of(model);
    for (int i = 0; i < rounds; i++) {
      Encounter encounter = encounters.get(i % encounters.size());
      if (admission.admit(encounter) instanceof Admitted.Case one) {
        bytes += form.write(model.predict(one.cleaned()), "warm-up").size();
      }
    }
    log.debug("warmed with {} answers of {} bytes", rounds, bytes);
  }

  /** The self-check has accepted the samples before; this only brings them into another form. */
  private Encounter encounter(Sample sample) {
    Intake intake = new Intake(contract, Door.SCORE);
    sample.getEncounterMap().forEach((name, text) -> intake.text(contract.column(name), text));
    if (intake.finish() instanceof Checked.Accepted accepted) {
      return RowMessage.write(accepted.row(), Encounter.newBuilder()).build();
    }
    throw new IllegalStateException("a sample was accepted by the self-check and is refused now");
  }
}
