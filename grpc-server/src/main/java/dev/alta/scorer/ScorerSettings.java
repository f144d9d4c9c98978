package dev.alta.scorer;

import dev.alta.core.life.Listen;
import dev.alta.scorer.log.LogSettings;
import java.util.Optional;

/**
 * Settings of the scorer.
 *
 * @param grpc where it answers
 * @param metrics where it shows its metrics
 * @param alias the alias whose model it loads at start
 * @param log how predictions are logged; empty: not at all
 */
public record ScorerSettings(Listen grpc, Listen metrics, String alias, Optional<LogSettings> log) {
  private static final String ALIAS = "champion";

  public ScorerSettings {
    if (alias.isBlank()) {
      throw new IllegalArgumentException("alias: empty (expected: a name such as " + ALIAS + ")");
    }
  }

  /** Serves the champion and logs nothing. */
  public static ScorerSettings of(Listen grpc, Listen metrics) {
    return new ScorerSettings(grpc, metrics, ALIAS, Optional.empty());
  }

  public ScorerSettings withLog(LogSettings settings) {
    return new ScorerSettings(grpc, metrics, alias, Optional.of(settings));
  }
}
