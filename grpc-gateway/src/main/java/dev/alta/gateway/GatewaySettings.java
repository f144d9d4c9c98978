package dev.alta.gateway;

import dev.alta.core.life.Listen;
import java.time.Duration;

/**
 * Settings of the gateway.
 *
 * @param http where it listens
 * @param deadline how long the scorer may take for a prediction
 * @param loadDeadline how long the scorer may take to load a model
 */
public record GatewaySettings(Listen http, Duration deadline, Duration loadDeadline) {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration LOAD_DEADLINE = Duration.ofMinutes(2);

  public GatewaySettings {
    requirePositive("deadline", deadline);
    requirePositive("loadDeadline", loadDeadline);
  }

  public static GatewaySettings of(Listen http) {
    return new GatewaySettings(http, DEADLINE, LOAD_DEADLINE);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }
}
