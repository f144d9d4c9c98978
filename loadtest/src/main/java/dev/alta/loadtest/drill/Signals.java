package dev.alta.loadtest.drill;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Signals to processes, also to those that are not children of this one. */
final class Signals {
  private Signals() {}

  /**
   * Sends one.
   *
   * @param name without SIG
   * @throws IOException if there is no such process
   */
  static void send(String name, long pid) throws IOException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start();
    try {
      if (kill.waitFor() != 0) {
        throw new IOException("process " + pid + " did not take SIG" + name);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while sending SIG" + name);
    }
  }
}
