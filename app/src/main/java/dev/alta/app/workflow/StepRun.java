package dev.alta.app.workflow;

/** A step at work: what the steps before it have left, and the workflow's log. */
interface StepRun {
  /** The workflow's number in its database. */
  long workflow();

  /** A name for it that no workflow of another database has: {@code retrain 7 of 2026-01-02T…}. */
  String name();

  /** What came of an earlier step. */
  Outcome of(String step);

  /** Writes a line into the workflow's log. */
  void log(String words);
}
