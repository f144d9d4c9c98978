package dev.alta.database;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A workflow as it stands.
 *
 * @param kind retrain
 * @param settings what it was asked to do: a JSON object
 * @param ended empty while it is not at its end
 * @param result what came of it, or why it failed, in one line
 * @param holder who works on it; empty where nobody does: it is at its end, or was interrupted
 * @param steps those that were begun, in their order
 */
public record WorkflowRun(
    long workflow,
    String kind,
    String settings,
    Instant started,
    Optional<Instant> ended,
    State state,
    Optional<String> result,
    Optional<Holder> holder,
    List<Step> steps) {
  /** How it stands. */
  public enum State {
    RUNNING,
    DONE,
    FAILED
  }

  /** How a step stands. */
  public enum StepState {
    RUNNING,
    DONE,
    SKIPPED,
    FAILED
  }

  /**
   * A step.
   *
   * @param position from 1 on
   * @param attempts how often it was begun
   * @param outcome what came of it: a JSON object; empty before its end
   */
  public record Step(
      int position,
      String name,
      StepState state,
      int attempts,
      Instant started,
      Optional<Instant> ended,
      Optional<String> outcome) {
    /** Whether it need not be done any more. */
    public boolean isOver() {
      return state == StepState.DONE || state == StepState.SKIPPED;
    }

    /** How long its last attempt took; empty while it runs. */
    public Optional<Duration> took() {
      return ended.map(end -> Duration.between(started, end));
    }
  }

  /** A line of its log. */
  public record Line(Instant at, String step, String words) {}

  public WorkflowRun {
    steps = List.copyOf(steps);
  }

  /** Whether it is not at its end and nobody is heard to work on it. */
  public boolean isInterrupted() {
    return state == State.RUNNING && holder.map(Holder::isSilent).orElse(true);
  }

  /** {@code RUNNING}, {@code INTERRUPTED}, {@code DONE} or {@code FAILED}. */
  public String standing() {
    return isInterrupted() ? "INTERRUPTED" : state.name();
  }
}
