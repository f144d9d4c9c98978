package dev.alta.load.scenario;

import java.time.Duration;

/**
 * What one process asks.
 *
 * @param schedule when; for a closed loop only for how long and how often at most
 * @param atOnce 0: an open loop, in which requests go out when they are due, whatever became of
 *     those before; else a closed loop with so many requests under way, each of which waits for an
 *     answer before it
 * @param connections over which it asks
 * @param patience after which a request counts as failed
 */
public record Load(
    Scenario scenario,
    Call call,
    Schedule schedule,
    int atOnce,
    int connections,
    Duration patience) {
  private static final int USUAL_CONNECTIONS = 4;
  private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

  /** An open loop, where nothing else is said. */
  public static Load usual(Scenario scenario, Call call) {
    return new Load(
        scenario,
        call,
        scenario.schedule(call.rate(scenario), scenario.seconds(), scenario.steps()),
        0,
        USUAL_CONNECTIONS,
        USUAL_PATIENCE);
  }

  public boolean isOpen() {
    return atOnce == 0;
  }

  /** The part of one of several who ask at once. */
  public Load share(int workers) {
    return new Load(
        scenario,
        call,
        schedule.share(workers),
        isOpen() ? 0 : Math.max(1, atOnce / workers),
        connections,
        patience);
  }

  /** Such as {@code stress-predict}. */
  public String name() {
    return scenario.word() + "-" + call.word();
  }
}
