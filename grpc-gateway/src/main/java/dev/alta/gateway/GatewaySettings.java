package dev.alta.gateway;

import dev.alta.core.admit.AdmitSettings;
import dev.alta.core.life.Listen;
import dev.alta.gateway.request.Origins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the gateway.
 *
 * @param http where it listens
 * @param deadline how long the scorer may take for a prediction
 * @param loadDeadline how long the scorer may take to load a model
 * @param bodyDeadline how long a caller may take to send a body
 * @param admit who is let in
 * @param origins pages of which other origins may call, such as {@code https://page.example}
 * @param accessLog whether each request is logged
 * @param loadTests the folder with the reports of load tests
 */
public record GatewaySettings(
    Listen http,
    Duration deadline,
    Duration loadDeadline,
    Duration bodyDeadline,
    AdmitSettings admit,
    List<String> origins,
    boolean accessLog,
    Optional<Path> loadTests) {
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration LOAD_DEADLINE = Duration.ofMinutes(2);
  private static final Duration BODY_DEADLINE = Duration.ofSeconds(20);

  public GatewaySettings {
    requirePositive("deadline", deadline);
    requirePositive("loadDeadline", loadDeadline);
    requirePositive("bodyDeadline", bodyDeadline);
    origins = List.copyOf(origins);
    Origins.require(origins);
  }

  public static GatewaySettings of(Listen http) {
    return new GatewaySettings(
        http,
        DEADLINE,
        LOAD_DEADLINE,
        BODY_DEADLINE,
        AdmitSettings.ANYONE,
        List.of(),
        false,
        Optional.empty());
  }

  public GatewaySettings withDeadlines(Duration prediction, Duration load) {
    return new GatewaySettings(
        http, prediction, load, bodyDeadline, admit, origins, accessLog, loadTests);
  }

  public GatewaySettings withBodyDeadline(Duration body) {
    return new GatewaySettings(
        http, deadline, loadDeadline, body, admit, origins, accessLog, loadTests);
  }

  public GatewaySettings withAdmit(AdmitSettings settings) {
    return new GatewaySettings(
        http, deadline, loadDeadline, bodyDeadline, settings, origins, accessLog, loadTests);
  }

  public GatewaySettings withOrigins(List<String> allowed) {
    return new GatewaySettings(
        http, deadline, loadDeadline, bodyDeadline, admit, allowed, accessLog, loadTests);
  }

  public GatewaySettings withAccessLog(boolean logs) {
    return new GatewaySettings(
        http, deadline, loadDeadline, bodyDeadline, admit, origins, logs, loadTests);
  }

  public GatewaySettings withLoadTests(Path folder) {
    return new GatewaySettings(
        http, deadline, loadDeadline, bodyDeadline, admit, origins, accessLog, Optional.of(folder));
  }

  /**
   * Makes sure that no address beyond this machine is served without protection.
   *
   * @throws dev.alta.core.life.CannotStartException if it would be; says what to set
   */
  public void requireProtected() {
    admit.requireFor(http);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }
}
