package dev.alta.app.workflow;

/**
 * A step of a workflow. It may be cut off anywhere and begun again, also by another process, and
 * then comes to the same end.
 */
interface Step {
  /** One word. */
  String name();

  /**
   * Does it.
   *
   * @param run what the steps before it have left, and the workflow's log
   */
  StepResult run(StepRun run) throws Exception;
}
