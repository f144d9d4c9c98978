package dev.alta.pipelines.prepare;

import dev.alta.core.contract.Contract;
import dev.alta.core.split.SplitPlan;
import dev.alta.database.DatabaseSettings;

/** Keeps the plan of the split for the process that publishes the run. */
final class SavePlanFn extends DatabaseFn<String, Void> {
  private final long run;

  SavePlanFn(DatabaseSettings settings, Contract contract, long run) {
    super(settings, contract);
    this.run = run;
  }

  @ProcessElement
  public void save(@Element String plan) {
    database().cleanData().save(run, SplitPlan.parse(plan));
  }
}
