package dev.alta.database;

/** What became of the attempt to publish a run. */
public sealed interface Publication {
  /** It is the generation of this number, by this attempt or an earlier one. */
  record Published(Generation generation) implements Publication {}

  /** A newer run has taken its place; nothing was published. */
  record Overtaken(long run) implements Publication {}
}
