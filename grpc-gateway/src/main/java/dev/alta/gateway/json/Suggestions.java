package dev.alta.gateway.json;

/**
 * How many unknown names of one body may still be compared with the known ones. Each comparison
 * costs time, and a long list of nonsense would cost seconds.
 */
final class Suggestions {
  private static final int MOST = 1_000;

  private int left = MOST;

  boolean take() {
    return left-- > 0;
  }
}
