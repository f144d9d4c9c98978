package dev.alta.app.workflow;

import dev.alta.app.terminal.Json;
import dev.alta.database.Hold;
import dev.alta.database.WorkflowRun;
import dev.alta.database.WorkflowRun.StepState;
import dev.alta.database.Workflows;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the steps of a workflow that are not done yet, in their order. What came of each is in the
 * database before the next one begins.
 */
final class Workflow {
  private static final Logger log = LoggerFactory.getLogger(Workflow.class);
  private static final String GOES_ON = "goes_on";
  private static final String WORDS = "words";

  private final Workflows workflows;
  private final HeldWorkflow held;
  private final List<Step> steps;
  private final Map<String, Outcome> outcomes = new HashMap<>();

  Workflow(Workflows workflows, HeldWorkflow held, List<Step> steps) {
    this.workflows = workflows;
    this.held = held;
    this.steps = steps;
  }

  /**
   * Does them.
   *
   * @return what came of the last one, in words
   */
  String run() throws Exception {
    Hold hold = held.hold();
    String words = "";
    boolean goesOn = true;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Optional<String> before = outcomeBefore(i + 1);
      if (before.isEmpty() && !goesOn) {
        workflows.stepBegun(hold, i + 1, step.name());
        workflows.stepEnded(hold, i + 1, StepState.SKIPPED, "{\"goes_on\":false,\"words\":\"\"}");
        continue;
      }
      Outcome outcome = Outcome.parse(before.isPresent() ? before.get() : work(i + 1, step));
      outcomes.put(step.name(), outcome);
      if (goesOn) {
        words = outcome.text(WORDS);
      }
      goesOn &= outcome.flag(GOES_ON);
    }
    workflows.done(hold, words);
    return words;
  }

  private Optional<String> outcomeBefore(int position) {
    return workflows.find(held.hold().workflow()).stream()
        .flatMap(run -> run.steps().stream())
        .filter(step -> step.position() == position && step.isOver())
        .flatMap(step -> step.outcome().stream())
        .findFirst();
  }

  private String work(int position, Step step) throws Exception {
    Hold hold = held.hold();
    workflows.stepBegun(hold, position, step.name());
    log.info("workflow {}: {} begins", hold.workflow(), step.name());
    StepResult result;
    try {
      result = step.run(new Run(step.name()));
    } catch (Exception failed) {
      throw ended(position, step, failed);
    }
    Map<String, Object> fields = new LinkedHashMap<>(result.outcome());
    fields.put(WORDS, result.words());
    fields.put(GOES_ON, result.goesOn());
    String outcome = Json.of(fields);
    workflows.log(hold, step.name(), result.words());
    workflows.stepEnded(hold, position, StepState.DONE, outcome);
    log.info("workflow {}: {}: {}", hold.workflow(), step.name(), result.words());
    return outcome;
  }

  /** What fails while the process is being stopped was interrupted, and is left to go on. */
  private Exception ended(int position, Step step, Exception failed) {
    if (held.isReleased()) {
      return failed;
    }
    String reason =
        String.valueOf(failed.getMessage()).lines().findFirst().orElse(failed.toString());
    try {
      workflows.log(held.hold(), step.name(), "failed: " + reason);
      workflows.stepEnded(
          held.hold(), position, StepState.FAILED, Json.of(Map.of("reason", reason)));
      workflows.failed(held.hold(), step.name() + ": " + reason);
    } catch (RuntimeException databaseToo) {
      failed.addSuppressed(databaseToo);
    }
    return failed;
  }

  private final class Run implements StepRun {
    private final String step;

    Run(String step) {
      this.step = step;
    }

    @Override
    public long workflow() {
      return held.hold().workflow();
    }

    @Override
    public String name() {
      WorkflowRun run = workflows.find(workflow()).orElseThrow();
      return run.kind() + " " + run.workflow() + " of " + run.started();
    }

    @Override
    public Outcome of(String earlier) {
      Outcome found = outcomes.get(earlier);
      if (found == null) {
        throw new IllegalStateException(
            "step " + step + " asks for " + earlier + " (expected: one of " + outcomes.keySet());
      }
      return found;
    }

    @Override
    public void log(String words) {
      workflows.log(held.hold(), step, words);
    }
  }
}
