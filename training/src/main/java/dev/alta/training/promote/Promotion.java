package dev.alta.training.promote;

/** What became of a new version. */
public sealed interface Promotion {
  /** In words: the figures that decided. */
  String reason();

  /** The alias points to it now. */
  record Promoted(String reason) implements Promotion {}

  /** It is in the registry, and the alias points where it did. */
  record NotPromoted(String reason) implements Promotion {}
}
