package dev.alta.load.scenario;

/** How the load goes over time. */
public enum Scenario {
  /** The same rate all the time: is it answered as it should be? */
  CONSTANT(1, 20),
  /** The rate grows second by second: from where on do latencies rise? */
  RAMP(20, 20),
  /** The rate grows step by step until it is not answered any more: where is the breaking point? */
  STRESS(10, 60),
  /** A moderate rate for a long time: does anything grow or wear out? */
  SOAK(1, 600);

  private final int steps;
  private final int seconds;

  Scenario(int steps, int seconds) {
    this.steps = steps;
    this.seconds = seconds;
  }

  /** How many steps of equal height, where nothing else is said; a ramp has one each second. */
  public int steps() {
    return steps;
  }

  /** How long, where nothing else is said. */
  public int seconds() {
    return seconds;
  }

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * The schedule with a highest rate.
   *
   * @param steps of a stress; the others have theirs
   * @throws IllegalArgumentException if it has no whole steps
   */
  public Schedule schedule(double perSecond, int seconds, int steps) {
    return switch (this) {
      case CONSTANT, SOAK -> new Schedule(perSecond, 1, seconds);
      case RAMP -> new Schedule(perSecond, seconds, 1);
      case STRESS -> {
        if (seconds % steps != 0) {
          throw new IllegalArgumentException(
              "--seconds: " + seconds + " (expected: a multiple of --steps, " + steps + ")");
        }
        yield new Schedule(perSecond, steps, seconds / steps);
      }
    };
  }
}
