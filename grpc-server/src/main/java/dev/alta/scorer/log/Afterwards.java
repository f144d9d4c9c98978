package dev.alta.scorer.log;

/** To be told once all that is in front of it is on disk, or will not be. */
record Afterwards(Told told) implements Entry {
  /** Called once, on a thread of the log, and must not wait. */
  @FunctionalInterface
  interface Told {
    void kept(boolean onDisk);
  }
}
