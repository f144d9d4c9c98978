package dev.alta.loadtest.drill;

/** One caller's way to ask for predictions. */
interface Asker extends AutoCloseable {
  /**
   * Asks, and waits for what comes.
   *
   * @param row which of the encounters
   */
  Reply ask(String requestId, int row) throws InterruptedException;

  @Override
  void close();
}
