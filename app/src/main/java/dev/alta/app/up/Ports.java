package dev.alta.app.up;

import dev.alta.core.life.Listen;
import java.io.IOException;
import java.net.ServerSocket;

/** Looks for taken ports before any work is done, not after minutes of it. */
final class Ports {
  private Ports() {}

  /**
   * Tries to listen where a server will; port 0 is always fine.
   *
   * @throws dev.alta.core.life.CannotStartException if the port is taken
   */
  static void requireFree(String what, Listen listen) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(listen.address());
    } catch (IOException taken) {
      throw listen.taken(what, taken);
    }
  }
}
