package dev.alta.app.workflow;

import java.util.Map;

/**
 * What came of a step.
 *
 * @param outcome for the steps behind it: texts, numbers, booleans, lists and maps of such
 * @param words for people, in one line
 * @param goesOn whether the steps behind it are to be done
 */
record StepResult(Map<String, Object> outcome, String words, boolean goesOn) {
  static StepResult of(Map<String, Object> outcome, String words) {
    return new StepResult(outcome, words, true);
  }

  /** The workflow is at its end. */
  static StepResult last(Map<String, Object> outcome, String words) {
    return new StepResult(outcome, words, false);
  }
}
