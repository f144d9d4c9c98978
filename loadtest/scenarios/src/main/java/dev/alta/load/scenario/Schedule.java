package dev.alta.load.scenario;

/**
 * When requests are due: in steps of equal length and growing rate, evenly within each step. The
 * last step has the highest rate, the first one its share of it.
 *
 * @param perSecond requests a second in the last step
 * @param steps how many
 * @param stepSeconds how long each lasts
 */
public record Schedule(double perSecond, int steps, int stepSeconds) {
  public Schedule {
    if (!(perSecond > 0) || steps < 1 || stepSeconds < 1) {
      throw new IllegalArgumentException(
          perSecond
              + " requests a second in "
              + steps
              + " steps of "
              + stepSeconds
              + " s (expected: more than 0 of each)");
    }
  }

  /** Requests a second in a step, from 0 on. */
  public double rate(int step) {
    return perSecond * (step + 1) / steps;
  }

  public int seconds() {
    return steps * stepSeconds;
  }

  /** Requests in all. */
  public int requests() {
    return (int) Math.round(before(steps));
  }

  /** Seconds from the start to the moment at which a request, from 0 on, is due. */
  public double due(int request) {
    int step = 0;
    while (step < steps - 1 && before(step + 1) <= request) {
      step++;
    }
    return step * (double) stepSeconds + (request - before(step)) / rate(step);
  }

  /** A share of it for each of several who ask at once: the same steps, a part of the rate. */
  public Schedule share(int workers) {
    return new Schedule(perSecond / workers, steps, stepSeconds);
  }

  private double before(int step) {
    return perSecond / steps * stepSeconds * step * (step + 1) / 2;
  }
}
