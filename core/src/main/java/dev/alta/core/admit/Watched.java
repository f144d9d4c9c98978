package dev.alta.core.admit;

/** A file whose content may change while the process runs. */
@FunctionalInterface
public interface Watched {
  /** Reads it again if it has changed; what cannot be used is not taken, and logged. */
  void look();
}
