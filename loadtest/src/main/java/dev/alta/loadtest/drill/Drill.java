package dev.alta.loadtest.drill;

/** Does something to Alta, and looks from outside at what is left. */
interface Drill {
  /** Runs it once; what was done, counted and lost is said to {@code drilled}. */
  void run(Drilled drilled) throws Exception;
}
