package dev.alta.scorer;

import dev.alta.core.life.Listen;
import dev.alta.scorer.log.LogSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the scorer.
 *
 * @param grpc where it answers
 * @param metrics where it shows its metrics
 * @param alias the alias whose model it serves
 * @param watchEvery how often it looks whether the alias was set anew
 * @param log how predictions are logged; empty: not at all
 */
public record ScorerSettings(
    Listen grpc, Listen metrics, String alias, Duration watchEvery, Optional<LogSettings> log) {
  private static final String ALIAS = "champion";
  private static final Duration WATCH_EVERY = Duration.ofSeconds(5);

  public ScorerSettings {
    if (alias.isBlank()) {
      throw new IllegalArgumentException("alias: empty (expected: a name such as " + ALIAS + ")");
    }
    if (watchEvery.isNegative() || watchEvery.isZero()) {
      throw new IllegalArgumentException("watchEvery: " + watchEvery + " (expected: > 0)");
    }
  }

  /** Serves the champion and logs nothing. */
  public static ScorerSettings of(Listen grpc, Listen metrics) {
    return new ScorerSettings(grpc, metrics, ALIAS, WATCH_EVERY, Optional.empty());
  }

  public ScorerSettings withLog(LogSettings settings) {
    return new ScorerSettings(grpc, metrics, alias, watchEvery, Optional.of(settings));
  }

  public ScorerSettings withWatchEvery(Duration interval) {
    return new ScorerSettings(grpc, metrics, alias, interval, log);
  }
}
