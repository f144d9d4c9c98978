package dev.alta.core.progress;

/** Hears how far a piece of work is. Called often and from any thread, so it must be quick. */
@FunctionalInterface
public interface Progress {
  /** Nobody watches. */
  Progress UNWATCHED = (unit, done, total) -> {};

  /**
   * Tells how far the work is.
   *
   * @param unit what is counted: "rows", "trees"
   * @param done how many are finished
   * @param total how many there are; 0 while not known
   */
  void at(String unit, long done, long total);
}
