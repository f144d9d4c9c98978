package dev.alta.scorer;

import dev.alta.core.admit.AdmitSettings;
import dev.alta.core.life.Listen;
import dev.alta.scorer.log.LogSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the scorer.
 *
 * @param grpc where it answers
 * @param metrics where it shows its metrics
 * @param alias the alias whose model it serves
 * @param watchEvery how often it looks whether the alias was set anew
 * @param longestSilence how long a connection may be silent before its client is asked for a sign
 *     of life; a third of that later it is given up
 * @param admit who is let in
 * @param reflection whether gRPC tells its methods beyond this machine
 * @param log how predictions are logged; empty: not at all
 */
public record ScorerSettings(
    Listen grpc,
    Listen metrics,
    String alias,
    Duration watchEvery,
    Duration longestSilence,
    AdmitSettings admit,
    boolean reflection,
    Optional<LogSettings> log) {
  private static final String ALIAS = "champion";
  private static final Duration WATCH_EVERY = Duration.ofSeconds(5);
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  public ScorerSettings {
    if (alias.isBlank()) {
      throw new IllegalArgumentException("alias: empty (expected: a name such as " + ALIAS + ")");
    }
    requirePositive("watchEvery", watchEvery);
    requirePositive("longestSilence", longestSilence);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }

  /** Serves the champion and logs nothing. */
  public static ScorerSettings of(Listen grpc, Listen metrics) {
    return new ScorerSettings(
        grpc,
        metrics,
        ALIAS,
        WATCH_EVERY,
        LONGEST_SILENCE,
        AdmitSettings.ANYONE,
        false,
        Optional.empty());
  }

  public ScorerSettings withLog(LogSettings settings) {
    return new ScorerSettings(
        grpc, metrics, alias, watchEvery, longestSilence, admit, reflection, Optional.of(settings));
  }

  public ScorerSettings withWatchEvery(Duration interval) {
    return new ScorerSettings(
        grpc, metrics, alias, interval, longestSilence, admit, reflection, log);
  }

  public ScorerSettings withLongestSilence(Duration silence) {
    return new ScorerSettings(grpc, metrics, alias, watchEvery, silence, admit, reflection, log);
  }

  public ScorerSettings withAlias(String name) {
    return new ScorerSettings(
        grpc, metrics, name, watchEvery, longestSilence, admit, reflection, log);
  }

  public ScorerSettings withAdmit(AdmitSettings settings) {
    return new ScorerSettings(
        grpc, metrics, alias, watchEvery, longestSilence, settings, reflection, log);
  }

  public ScorerSettings withReflection(boolean told) {
    return new ScorerSettings(grpc, metrics, alias, watchEvery, longestSilence, admit, told, log);
  }

  /**
   * Makes sure that no address beyond this machine is served without protection.
   *
   * @throws dev.alta.core.life.CannotStartException if one would be; says what to set
   */
  public void requireProtected() {
    for (Listen listen : List.of(grpc, metrics)) {
      admit.requireFor(listen);
    }
  }
}
