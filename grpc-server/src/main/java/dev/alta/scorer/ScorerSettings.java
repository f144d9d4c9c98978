package dev.alta.scorer;

import dev.alta.core.life.Listen;

/**
 * Settings of the scorer.
 *
 * @param grpc where it answers
 * @param metrics where it shows its metrics
 * @param alias the alias whose model it loads at start
 * @param logCapacity how many predictions wait for the inference log at most; more are dropped and
 *     counted
 */
public record ScorerSettings(Listen grpc, Listen metrics, String alias, int logCapacity) {
  private static final String ALIAS = "champion";
  private static final int LOG_CAPACITY = 100_000;

  public ScorerSettings {
    if (alias.isBlank()) {
      throw new IllegalArgumentException("alias: empty (expected: a name such as " + ALIAS + ")");
    }
    if (logCapacity <= 0) {
      throw new IllegalArgumentException("logCapacity: " + logCapacity + " (expected: > 0)");
    }
  }

  public static ScorerSettings of(Listen grpc, Listen metrics) {
    return new ScorerSettings(grpc, metrics, ALIAS, LOG_CAPACITY);
  }
}
