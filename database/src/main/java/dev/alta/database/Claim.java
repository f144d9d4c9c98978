package dev.alta.database;

/** What becomes of the wish to work on a workflow. */
public sealed interface Claim {
  /** The workflow is this process's. */
  record Taken(Hold hold) implements Claim {}

  /** Somebody else works on it, or on another of its kind. */
  record Held(long workflow, Holder by) implements Claim {}
}
