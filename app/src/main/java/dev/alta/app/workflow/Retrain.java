package dev.alta.app.workflow;

import dev.alta.app.data.DataSteps;
import dev.alta.core.life.CannotStartException;
import dev.alta.database.Claim;
import dev.alta.database.DatabaseException;
import dev.alta.database.Hold;
import dev.alta.database.WorkflowRun;
import dev.alta.database.Workflows;
import java.util.List;
import java.util.Optional;

/**
 * Trains again where there is a reason to: ingest, prepare, decide, train, compare, promote. One
 * that was interrupted is gone on with, behind the last step that was done.
 */
public final class Retrain {
  /** The kind of these workflows. */
  public static final String KIND = "retrain";

  private final Bench bench;

  public Retrain(Bench bench) {
    this.bench = bench;
  }

  /**
   * Begins a workflow, or goes on with one that was interrupted and was asked the same. One that
   * was asked something else is given up: what it has done stays, and the new one finds it done.
   *
   * @return the workflow at its end
   * @throws HeldException if another process works on one
   */
  public WorkflowRun run(RetrainSettings settings) throws Exception {
    Optional<WorkflowRun> running = workflows().running(KIND);
    if (running.isPresent()) {
      WorkflowRun found = running.get();
      Hold hold = taken(workflows().resume(found.workflow(), ThisProcess.self()));
      if (RetrainSettings.parse(found.settings()).equals(settings)) {
        return goOn(found, hold);
      }
      workflows().failed(hold, "given up: asked again with other settings");
      bench
          .terminal()
          .line(
              "Workflow "
                  + found.workflow()
                  + " was interrupted and had other settings; a new one takes its place.");
    }
    Claim claim = workflows().begin(KIND, settings.json(), ThisProcess.self());
    return run(taken(claim), settings);
  }

  /**
   * Goes on with a workflow that was interrupted or has failed.
   *
   * @return the workflow at its end
   * @throws HeldException if another process works on one
   * @throws DatabaseException if there is none of this number, or it is done
   * @throws CannotStartException if its pipelines run elsewhere than this bench's
   */
  public WorkflowRun resume(long workflow) throws Exception {
    requireSameEngine(workflow);
    Hold hold = taken(workflows().resume(workflow, ThisProcess.self()));
    return goOn(find(workflow), hold);
  }

  /** What would be decided on what is there now. Changes nothing. */
  public RetrainDecision decide(RetrainSettings settings) throws Exception {
    return new DecideStep(settings, bench).decide();
  }

  private WorkflowRun goOn(WorkflowRun found, Hold hold) throws Exception {
    long over = found.steps().stream().filter(WorkflowRun.Step::isOver).count();
    String words = "goes on with workflow " + found.workflow() + " behind step " + over;
    workflows().log(hold, "", ThisProcess.self().who() + " " + words);
    bench.terminal().line("Retrain " + words + ".");
    return run(hold, RetrainSettings.parse(found.settings()));
  }

  private WorkflowRun run(Hold hold, RetrainSettings settings) throws Exception {
    HeldWorkflow held = bench.parts().start(() -> HeldWorkflow.of(workflows(), hold));
    new Workflow(workflows(), held, steps(settings)).run();
    return find(hold.workflow());
  }

  /** In their order. */
  List<Step> steps(RetrainSettings settings) {
    DataSteps data =
        new DataSteps(bench.contract(), bench.database(), bench.terminal(), bench.engine());
    return List.of(
        new IngestStep(settings, bench, data),
        new PrepareStep(settings, bench, data),
        new DecideStep(settings, bench),
        new TrainStep(settings, bench),
        new CompareStep(bench.registry()),
        new PromoteStep(bench));
  }

  private Workflows workflows() {
    return bench.database().workflows();
  }

  private void requireSameEngine(long workflow) {
    Optional<String> engine =
        workflows().find(workflow).map(run -> RetrainSettings.parse(run.settings()).engine());
    if (engine.isPresent() && !engine.get().equals(bench.engine().name())) {
      throw new CannotStartException(
          "engine: "
              + bench.engine().name()
              + " (expected: "
              + engine.get()
              + ", on which workflow "
              + workflow
              + " was begun)");
    }
  }

  private WorkflowRun find(long workflow) {
    return workflows().find(workflow).orElseThrow();
  }

  private static Hold taken(Claim claim) {
    if (claim instanceof Claim.Held held) {
      throw new HeldException(KIND, held);
    }
    return ((Claim.Taken) claim).hold();
  }
}
