package dev.alta.app.workflow;

import dev.alta.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides whether to train; if not, the workflow is at its end. */
final class DecideStep implements Step {
  static final String NAME = "decide";

  private final RetrainSettings settings;
  private final FactsReader facts;
  private final Terminal terminal;

  DecideStep(RetrainSettings settings, Bench bench) {
    this.settings = settings;
    this.facts = new FactsReader(bench);
    this.terminal = bench.terminal();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StepResult run(StepRun run) throws Exception {
    RetrainDecision decision = decide();
    decision
        .findings()
        .forEach(f -> run.log(f.name() + (f.calls() ? " (calls): " : ": ") + f.words()));
    Map<String, Object> outcome = outcome(decision);
    return decision.trains()
        ? StepResult.of(outcome, decision.words())
        : StepResult.last(outcome, decision.words());
  }

  /** Changes nothing. */
  RetrainDecision decide() throws Exception {
    return terminal.step(
        NAME,
        progress ->
            RetrainDecision.of(facts.read(settings, progress), settings.limits(), settings.force()),
        decision -> decision.trains() ? "there is a reason to train" : "no reason to train");
  }

  static Map<String, Object> outcome(RetrainDecision decision) {
    List<Map<String, Object>> findings = new ArrayList<>();
    for (Finding finding : decision.findings()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("name", finding.name());
      fields.put("calls", finding.calls());
      fields.put("words", finding.words());
      findings.add(fields);
    }
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("trains", decision.trains());
    outcome.put("findings", findings);
    return outcome;
  }
}
